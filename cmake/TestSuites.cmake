# Read by ctest when it starts: one entry for each suite of a test program, for a program takes longer to start than most suites
# to run. PROGRAM, ROOM, FOLDER, LIMIT, SHARE and LABELS are set by who includes this (casewire_test in Casewire.cmake).
# A suite of which a test was skipped and none failed is told as skipped (tests/support/main.cpp); a pattern for ctest's eyes would hide the failures.
execute_process(COMMAND ${PROGRAM} --gtest_list_tests OUTPUT_VARIABLE listed RESULT_VARIABLE failed)
if(failed)
  add_test("${ROOM} is not built" "${PROGRAM}" --gtest_list_tests)
  return()
endif()
string(REGEX MATCHALL "(^|\n)[^ \n]+\\.[^\n]*" lines "${listed}")
foreach(line IN LISTS lines)
  string(REGEX REPLACE "^\n?([^ ]+)\\..*" "\\1" suite "${line}")
  string(REGEX REPLACE "^/|/$" "" name "${suite}")
  set(name "${ROOM}.${name}")
  add_test("${name}" "${PROGRAM}" "--gtest_filter=${suite}.*" --gtest_brief=1)
  set_tests_properties("${name}" PROPERTIES WORKING_DIRECTORY "${FOLDER}" TIMEOUT "${LIMIT}" PROCESSORS "${SHARE}" LABELS "${LABELS}"
                       SKIP_RETURN_CODE 77)
endforeach()
