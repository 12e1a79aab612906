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

# Release is -O2: what a plant runs. Check is the build under a sanitizer.
set(CMAKE_C_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_C_FLAGS_CHECK "-O1 -g -fno-omit-frame-pointer")
set(CMAKE_CXX_FLAGS_CHECK "-O1 -g -fno-omit-frame-pointer")
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Release, Debug or Check" FORCE)
endif()

# Warnings as errors, sanitizers, and bit-reproducible floating point (no contraction: the same
# inputs give the same commands in every build that does not change the source).
add_library(saggar_flags INTERFACE)
target_compile_options(saggar_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor> $<$<CXX_COMPILER_ID:GNU>:-Werror>
  -ffp-contract=off)
if(SAGGAR_SANITIZE STREQUAL "asan")
  set(sanitizers -fsanitize=address,undefined)
  target_compile_options(saggar_flags INTERFACE ${sanitizers} -fno-sanitize-recover=all)
elseif(SAGGAR_SANITIZE STREQUAL "tsan")
  set(sanitizers -fsanitize=thread)
  target_compile_options(saggar_flags INTERFACE ${sanitizers} $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
elseif(SAGGAR_SANITIZE STREQUAL "fuzz")
  set(sanitizers -fsanitize=address,undefined)
  target_compile_options(saggar_flags INTERFACE
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all)
elseif(SAGGAR_SANITIZE STREQUAL "coverage")
  set(sanitizers --coverage)
  target_compile_options(saggar_flags INTERFACE --coverage -fprofile-update=atomic)
elseif(SAGGAR_SANITIZE)
  message(FATAL_ERROR "SAGGAR_SANITIZE is '${SAGGAR_SANITIZE}'; known are asan, tsan, fuzz, coverage")
endif()
target_link_options(saggar_flags INTERFACE ${sanitizers})
if(SAGGAR_GATE)
  target_compile_definitions(saggar_flags INTERFACE SAGGAR_GATE=1)
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
  # In the gate preset the counting library comes first, so that its malloc is the program's.
  if(SAGGAR_GATE)
    target_link_libraries(${name} PRIVATE $<TARGET_NAME_IF_EXISTS:saggar_gate>)
  endif()
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

# saggar_fuzz(wire_frame SOURCES ... DEPENDS ...) makes a libFuzzer program in fuzz/, only in a build
# with SAGGAR_BUILD_FUZZ. Its seeds are tests/fuzz/corpus/<name>; `./dev fuzz` runs them all.
if(SAGGAR_BUILD_FUZZ)
  add_custom_target(fuzzers)
endif()
function(saggar_fuzz name)
  if(NOT SAGGAR_BUILD_FUZZ)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  set(target fuzz_${name})
  add_executable(${target} EXCLUDE_FROM_ALL ${arg_SOURCES})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE ${arg_DEPENDS} saggar_flags Threads::Threads)
  target_link_options(${target} PRIVATE -fsanitize=fuzzer,address,undefined)
  target_compile_definitions(${target} PRIVATE SAGGAR_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  add_dependencies(fuzzers ${target})
endfunction()

include(layers)
