# Allowed edges between folders (docs/decisions/0002-follow-the-frame.md). Checked here at configure
# time over the linked targets, and by tests/lint/check_layers.py over the includes; both read this list.
# name: allowed direct dependencies
set(SAGGAR_LAYERS
  "sdk:"
  "domain: sdk"
  "exchange:"
  "wire: domain exchange"
  "config: domain exchange"
  "record: domain exchange"
  "estimate: domain exchange host"
  "guard: domain exchange"
  "filter: domain guard ocp"
  "host: sdk domain"
  "acquire: domain exchange wire"
  "actuate: domain exchange wire"
  "monitor: domain"
  "promote: domain config"
  "control: domain exchange host monitor"
  "operate: domain exchange record"
  "loop: domain exchange acquire estimate control guard filter monitor actuate operate record"
  "assembly: domain config filter monitor operate loop record host"
  "app: identify promote domain exchange wire config record estimate guard host acquire actuate control operate loop assembly bridge kiln faults scenario suite campaign report validate fit verdict evidence service search cluster train"
  "pid: sdk"
  "identify:"
  "planned_test: sdk identify"
  "mpc: sdk ocp"
  "ocp:"
  "policy: sdk"
  "twin: sdk material"
  "material:"
  "report:"
  "instruments: domain wire config record material"
  "faults: domain wire config record material instruments"
  "scenario: domain config faults"
  "line: domain faults instruments"
  "drill: sdk"
  "kiln: domain wire config record material instruments faults"
  "fit: domain config material instruments faults kiln report validate"
  "validate: domain config material instruments faults kiln report"
  "bridge: domain wire config record material instruments faults kiln scenario"
  "suite: domain wire config record material instruments faults kiln scenario bridge line acquire loop assembly"
  "train: domain config record host instruments faults kiln scenario suite assembly campaign verdict report"
  "service: domain config wire record material instruments faults scenario kiln suite"
  "verdict: domain config record"
  "evidence: domain config record kiln scenario suite verdict report"
  "campaign: domain config record kiln scenario faults suite verdict evidence assembly report"
  "search: domain config record instruments faults scenario suite campaign report"
  "cluster: domain config record scenario suite evidence campaign"
  # The operator's page is a process of its own, the validator and the copy-me project stand alone;
  # they are no libraries of the tree, so only their includes are checked.
  "hmi: domain wire"
  "check: sdk domain host"
  "template: sdk")

function(saggar_check_layers)
  get_property(names GLOBAL PROPERTY SAGGAR_LAYERED)
  foreach(name IN LISTS names)
    set(allowed "")
    set(known FALSE)
    foreach(row IN LISTS SAGGAR_LAYERS)
      if(row MATCHES "^${name}:(.*)$")
        string(REPLACE " " ";" allowed "${CMAKE_MATCH_1}")
        set(known TRUE)
      endif()
    endforeach()
    if(NOT known)
      message(FATAL_ERROR "layer check: '${name}' has no row in cmake/layers.cmake")
    endif()
    get_property(edges GLOBAL PROPERTY SAGGAR_EDGES_${name})
    foreach(edge IN LISTS edges)
      if(edge MATCHES "^saggar::(.*)$" AND NOT CMAKE_MATCH_1 IN_LIST allowed)
        message(FATAL_ERROR "layer check: '${name}' must not depend on '${CMAKE_MATCH_1}'. "
          "Allowed: ${allowed}. The table is cmake/layers.cmake.")
      endif()
    endforeach()
  endforeach()
endfunction()
