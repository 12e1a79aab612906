# cmake -DNM=nm -DDIR=folder -P symbols.cmake: each plugin of a folder exports its entry, nothing else.
file(GLOB plugins ${DIR}/*.so)
if(NOT plugins)
  message(FATAL_ERROR "no plugin in ${DIR}")
endif()
foreach(plugin IN LISTS plugins)
  if(plugin MATCHES "/(no_symbol|undefined_symbol|truncated|not_elf)\\.so$")
    continue()  # animals of the zoo that are made without saggar_add_plugin
  endif()
  execute_process(COMMAND ${NM} -D --defined-only ${plugin}
    OUTPUT_VARIABLE symbols RESULT_VARIABLE failed)
  string(STRIP "${symbols}" symbols)
  if(failed OR NOT symbols MATCHES "^[0-9a-f]+ T saggar_plugin_entry$")
    message(FATAL_ERROR "${plugin} must export saggar_plugin_entry only, found:\n${symbols}")
  endif()
endforeach()
