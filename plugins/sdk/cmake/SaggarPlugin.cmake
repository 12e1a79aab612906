# saggar_add_plugin(my_controller SOURCES my_controller.cpp [LINK library...])
#
# Makes my_controller.so, a plugin that exports one symbol, saggar_plugin_entry, and no other. In
# this tree and in a vendor's project alike; the file goes to ${SAGGAR_PLUGIN_DIR}, by default the
# folder plugins/ of the build tree. LINK takes libraries, static ones compiled with -fPIC.
function(saggar_add_plugin name)
  set(map ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
  cmake_parse_arguments(arg "" "" "SOURCES;LINK" ${ARGN})
  if(NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "saggar_add_plugin(${name} SOURCES file... [LINK library...])")
  endif()
  if(NOT SAGGAR_PLUGIN_DIR)
    set(SAGGAR_PLUGIN_DIR ${CMAKE_BINARY_DIR}/plugins)
  endif()
  add_library(${name} MODULE ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES
    PREFIX "" SUFFIX ".so" LIBRARY_OUTPUT_DIRECTORY ${SAGGAR_PLUGIN_DIR}
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON LINK_DEPENDS ${map})
  target_link_libraries(${name} PRIVATE saggar::sdk ${arg_LINK})
  # No contraction: the same inputs give the same proposal in every build.
  target_compile_options(${name} PRIVATE -ffp-contract=off)
  target_link_options(${name} PRIVATE
    -Wl,--version-script=${map} -Wl,-z,nodelete)
  # clang leaves the sanitizers' own symbols to the program: only there may symbols stay open.
  if(NOT (SAGGAR_SANITIZE AND CMAKE_CXX_COMPILER_ID MATCHES "Clang"))
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
  if(TARGET saggar_flags)  # in this tree: warnings, sanitizers, includes from the root
    target_link_libraries(${name} PRIVATE saggar_flags)
    target_include_directories(${name} PRIVATE ${saggar_SOURCE_DIR})
  endif()
endfunction()
