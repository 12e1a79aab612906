# The few functions every CMakeLists of this tree uses. Targets only; no directory-wide flags
# except the language standard and position-independent code.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(SAGGAR_PLUGIN_DIR ${PROJECT_BINARY_DIR}/plugins CACHE INTERNAL "where built plugins go")

find_program(SAGGAR_CCACHE ccache)
if(SAGGAR_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${SAGGAR_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${SAGGAR_CCACHE})
endif()

find_package(Threads REQUIRED)

# Warnings as errors, sanitizers, and bit-reproducible floating point (no contraction: the same
# inputs give the same commands in every build that does not change the source).
add_library(saggar_flags INTERFACE)
target_compile_options(saggar_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Werror
  -ffp-contract=off)
if(SAGGAR_SANITIZE STREQUAL "asan")
  target_compile_options(saggar_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(saggar_flags INTERFACE -fsanitize=address,undefined)
elseif(SAGGAR_SANITIZE STREQUAL "tsan")
  target_compile_options(saggar_flags INTERFACE -fsanitize=thread -Wno-tsan)
  target_link_options(saggar_flags INTERFACE -fsanitize=thread)
elseif(SAGGAR_SANITIZE STREQUAL "coverage")
  target_compile_options(saggar_flags INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(saggar_flags INTERFACE --coverage)
endif()

# saggar_library(guard FOLDER runtime/guard SOURCES ... DEPENDS saggar::domain ... PRIVATE ...)
# makes target saggar_guard with alias saggar::guard. DEPENDS are folders of this tree and must be
# allowed edges of cmake/layers.cmake; PRIVATE is third-party code, linked but never re-exported.
function(saggar_library name)
  cmake_parse_arguments(arg "" "FOLDER" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  set(target saggar_${name})
  if(arg_SOURCES)
    add_library(${target} STATIC ${arg_SOURCES})
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${target} PUBLIC ${arg_DEPENDS} PRIVATE saggar_flags ${arg_PRIVATE})
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${target} INTERFACE ${arg_DEPENDS})
  endif()
  add_library(saggar::${name} ALIAS ${target})
  set_property(GLOBAL APPEND PROPERTY SAGGAR_LAYERED ${name})
  set_property(GLOBAL PROPERTY SAGGAR_EDGES_${name} "${arg_DEPENDS}")
endfunction()

# saggar_program(saggar SOURCES ... DEPENDS ... PRIVATE ...) puts a program into bin/.
function(saggar_program name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${arg_DEPENDS} ${arg_PRIVATE} saggar_flags Threads::Threads)
endfunction()

# saggar_test(guard_test SOURCES ... DEPENDS ... [LABEL unit|closed_loop|...] [DATA ENV=VALUE ...])
# one GoogleTest executable per component, every case known to ctest.
function(saggar_test name)
  cmake_parse_arguments(arg "" "LABEL;TIMEOUT" "SOURCES;DEPENDS;ENVIRONMENT" ${ARGN})
  if(NOT arg_LABEL)
    set(arg_LABEL unit)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${arg_DEPENDS} saggar_flags GTest::gmock GTest::gtest_main Threads::Threads)
  target_compile_definitions(${name} PRIVATE
    SAGGAR_SOURCE_DIR="${PROJECT_SOURCE_DIR}" SAGGAR_BINARY_DIR="${PROJECT_BINARY_DIR}"
    SAGGAR_PLUGIN_DIR="${SAGGAR_PLUGIN_DIR}")
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT} ENVIRONMENT "${arg_ENVIRONMENT}")
endfunction()

include(layers)
