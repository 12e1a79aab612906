include(${CMAKE_CURRENT_LIST_DIR}/saggar-sdk-targets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/SaggarPlugin.cmake)
