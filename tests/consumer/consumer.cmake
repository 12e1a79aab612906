# What a vendor does in the first hour: install the SDK, copy the template elsewhere, configure,
# build, test, and let the host load the result.
#   cmake -DBUILD=build-tree -DWORK=folder -DHOST=load_plugin -DGENERATOR=... -DCOMPILER=... -P consumer.cmake
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE failed OUTPUT_VARIABLE text ERROR_VARIABLE text)
  if(failed)
    list(JOIN ARGN " " line)
    message(FATAL_ERROR "${line}\n${text}")
  endif()
  set(text "${text}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --component sdk --prefix ${WORK}/prefix)
file(GLOB_RECURSE stray RELATIVE ${WORK}/prefix ${WORK}/prefix/*)
foreach(file IN LISTS stray)
  if(NOT file MATCHES "^(include/saggar/plugin/|lib[^/]*/(.*/)?cmake/saggar-sdk/|share/saggar-sdk/template/)")
    message(FATAL_ERROR "the SDK installs ${file}, which is not its own")
  endif()
endforeach()

# The installed copy of the template, not the one of the source tree.
file(COPY ${WORK}/prefix/share/saggar-sdk/template DESTINATION ${WORK})
run(${CMAKE_COMMAND} -S ${WORK}/template -B ${WORK}/build -G ${GENERATOR}
    -DCMAKE_PREFIX_PATH=${WORK}/prefix -DCMAKE_CXX_COMPILER=${COMPILER}
    "-DCMAKE_CXX_FLAGS=-Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion -Wshadow -Werror ${FLAGS}"
    "-DCMAKE_MODULE_LINKER_FLAGS=${FLAGS}" "-DCMAKE_EXE_LINKER_FLAGS=${FLAGS}")
run(${CMAKE_COMMAND} --build ${WORK}/build)
run(${CMAKE_CTEST_COMMAND} --test-dir ${WORK}/build --output-on-failure)
run(${NM} -D --defined-only ${WORK}/build/plugins/my_controller.so)
if(NOT text MATCHES "^[0-9a-f]+ T saggar_plugin_entry\n$")
  message(FATAL_ERROR "my_controller.so exports more than its entry:\n${text}")
endif()
run(${HOST} ${WORK}/build/plugins/my_controller.so)
if(NOT text MATCHES "com.example.my-controller proposes 751")
  message(FATAL_ERROR "the host says: ${text}")
endif()

# A version that was not promised is refused.
file(READ ${WORK}/template/CMakeLists.txt lists)
string(REPLACE "saggar-sdk 1.0" "saggar-sdk 2.0" lists "${lists}")
file(WRITE ${WORK}/template/CMakeLists.txt "${lists}")
execute_process(COMMAND ${CMAKE_COMMAND} -S ${WORK}/template -B ${WORK}/build-2 -G ${GENERATOR}
  -DCMAKE_PREFIX_PATH=${WORK}/prefix RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
if(NOT failed)
  message(FATAL_ERROR "find_package(saggar-sdk 2.0) accepted version 1.0")
endif()
