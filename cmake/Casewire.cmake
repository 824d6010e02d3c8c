add_library(casewire_flags INTERFACE)
target_compile_features(casewire_flags INTERFACE cxx_std_20)
target_compile_options(casewire_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
                       $<$<BOOL:${CASEWIRE_WERROR}>:-Werror>)
# Once it optimises, g++ 12 sees overlaps and overflows (GCC bugs 105329, 105651) and uninitialised strings that are not there; clang, the sanitizers
# and later versions look for the real ones.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(casewire_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-stringop-overread
                         -Wno-array-bounds)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(casewire_flags INTERFACE -fpch-preprocess)  # lets ccache see through precompiled headers
endif()
# Third-party headers throw and format through templates; this keeps the debug information of a build in bounds.
target_compile_options(casewire_flags INTERFACE $<$<CONFIG:Debug>:-g1>)
# GCC warns that ThreadSanitizer cannot follow Asio's fences. Asio guards the same data by its mutexes, which it can follow.
if(CASEWIRE_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(casewire_flags INTERFACE -Wno-tsan)
endif()
if(CASEWIRE_SANITIZE)
  add_compile_options(-fsanitize=${CASEWIRE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${CASEWIRE_SANITIZE})
endif()
if(CASEWIRE_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "CASEWIRE_FUZZ needs clang++ for libFuzzer, found ${CMAKE_CXX_COMPILER_ID}: use the preset fuzz")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)  # lets the fuzzer see which branches an input takes
endif()

# Most of what a file costs are the headers and templates that it shares with its neighbours: several compiled together are a
# fraction of the work, and so is what follows the edit of a header. The price is that file-local names are unique within a library
# (tests/tidy) or within such a batch of a test program; preset `dev` compiles each file on its own, which shows a missing include. Eight
# keep the edit of one file cheap; who builds from nothing takes more of a library (CASEWIRE_QUICK_BUILD).
function(casewire_unity target batch)
  if(CASEWIRE_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${batch})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")  # a file-local type is "in a header" then
      target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
    endif()
  endif()
endfunction()

# Which room may lean on which. A room is the first part of a library's name: sim_salesforce stands in sim.
set(CASEWIRE_ROOM_base base)
set(CASEWIRE_ROOM_bridge base bridge)
set(CASEWIRE_ROOM_sim base sim)
set(CASEWIRE_ROOM_scenarios base bridge sim scenarios)

# Nearly every file reads JSON, and every test sees GoogleMock: parsing these headers is half of what compiling a file costs, so
# they are compiled once. Tests are not optimised: nobody waits for them, but everybody waits for their compilation (and they may not slow
# down the product: casewire_product_first).
function(casewire_precompiled_header name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "HEADERS;OPTIONS;DEPENDS")
  add_library(casewire_${name} STATIC ${PROJECT_SOURCE_DIR}/cmake/precompiled.cpp)
  target_include_directories(casewire_${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_options(casewire_${name} PRIVATE ${arg_OPTIONS})
  target_link_libraries(casewire_${name} PRIVATE casewire_flags nlohmann_json::nlohmann_json tl::expected Threads::Threads ${arg_DEPENDS})
  target_precompile_headers(casewire_${name} PRIVATE ${arg_HEADERS})
endfunction()
set(CASEWIRE_TEST_OPTIONS $<$<CONFIG:Release>:-O0>)
casewire_precompiled_header(json_header HEADERS ${PROJECT_SOURCE_DIR}/base/text/json.hpp)
if(CASEWIRE_TESTS)
  find_package(GTest CONFIG REQUIRED)
  casewire_precompiled_header(test_header HEADERS ${PROJECT_SOURCE_DIR}/base/text/json.hpp <gmock/gmock.h> <gtest/gtest.h>
                              OPTIONS ${CASEWIRE_TEST_OPTIONS} DEPENDS GTest::gmock)
  add_library(casewire_test_main STATIC ${PROJECT_SOURCE_DIR}/tests/support/main.cpp)
  target_link_libraries(casewire_test_main PUBLIC GTest::gmock PRIVATE casewire_flags)
endif()

function(casewire_check_arrows name)
  string(REGEX MATCH "^[a-z]+" room ${name})
  foreach(dependency IN LISTS ARGN)
    if(dependency MATCHES "^casewire::([a-z]+)")
      if(NOT CMAKE_MATCH_1 IN_LIST CASEWIRE_ROOM_${room})
        message(FATAL_ERROR "casewire_${name}: ${room} may not depend on ${dependency} (see ARCHITECTURE.md, \"Arrows\")")
      endif()
    endif()
  endforeach()
  # The two fakes meet on the network only.
  if(name MATCHES "^sim_salesforce" AND "${ARGN}" MATCHES "casewire::sim_opencx")
    message(FATAL_ERROR "casewire_${name}: the fake Salesforce may not see the fake OpenCX")
  endif()
  if(name MATCHES "^sim_opencx" AND "${ARGN}" MATCHES "casewire::sim_salesforce")
    message(FATAL_ERROR "casewire_${name}: the fake OpenCX may not see the fake Salesforce")
  endif()
endfunction()

# casewire_library(base_http SOURCES ... DEPENDS ... PRIVATE ...)
# DEPENDS: what this library's headers show. PRIVATE: what only its sources use.
function(casewire_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;PRIVATE")
  casewire_check_arrows(${name} ${arg_DEPENDS} ${arg_PRIVATE})
  add_library(casewire_${name} STATIC ${arg_SOURCES})
  add_library(casewire::${name} ALIAS casewire_${name})
  target_include_directories(casewire_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(casewire_${name} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_PRIVATE} $<BUILD_INTERFACE:casewire_flags>)
  target_precompile_headers(casewire_${name} REUSE_FROM casewire_json_header)
  casewire_unity(casewire_${name} "${CASEWIRE_UNITY}")
endfunction()

# The product's libraries behind a test come whole, and before it, on its linker's line. Of the templates that both have made code of (texts, JSON,
# lists of them) the linker keeps what it sees first: a test's, which is not optimised, made all of the product in its program half as fast.
function(casewire_product_first test)
  set(open ${ARGN})
  set(archives)
  while(open)
    list(POP_FRONT open library)
    string(REGEX REPLACE "^casewire::" "casewire_" library "${library}")
    if(NOT library MATCHES "^casewire_(base|bridge|sim|scenarios)_" OR library IN_LIST archives)
      continue()
    endif()
    list(APPEND archives ${library})
    get_target_property(behind ${library} LINK_LIBRARIES)
    list(APPEND open ${behind})
  endwhile()
  if(archives)
    list(TRANSFORM archives REPLACE ".+" "$<TARGET_FILE:\\0>")
    list(JOIN archives " " archives)
    target_link_options(${test} BEFORE PRIVATE "SHELL:-Wl,--whole-archive ${archives} -Wl,--no-whole-archive")
  endif()
endfunction()

# casewire_test(base_text SOURCES ... DEPENDS ... [LABELS ...]): one GoogleTest program per room, one ctest entry per suite of it, or
# per test where they are long: EACH. WAITS: they wait more than they work. ctest runs four things at a time (CMakePresets.json), and what works
# counts as two of them. NEEDS: the fixture of ctest whose set-up comes before any of them.
function(casewire_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "EACH;WAITS" "TIMEOUT;NEEDS" "SOURCES;DEPENDS;LABELS")
  add_executable(test_${name} ${arg_SOURCES})
  target_compile_options(test_${name} PRIVATE ${CASEWIRE_TEST_OPTIONS})
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(test_${name} PRIVATE ${arg_DEPENDS} casewire_test_main casewire_flags)
  casewire_product_first(test_${name} ${arg_DEPENDS})
  target_compile_definitions(test_${name} PRIVATE CASEWIRE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_precompile_headers(test_${name} REUSE_FROM casewire_test_header)
  casewire_unity(test_${name} 8)
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  set(processors 2)
  if(arg_WAITS)
    set(processors 1)
  endif()
  if(arg_EACH)
    include(GoogleTest)
    set(labels)
    if(arg_LABELS)
      set(labels LABELS "${arg_LABELS}")
    endif()
    set(fixture)
    if(arg_NEEDS)
      set(fixture FIXTURES_REQUIRED ${arg_NEEDS})
    endif()
    # The raw bytes of a parameter are no name: they differ from run to run and are hundreds of columns wide. The long ones go first, and the
    # many short ones fill what the last of them leaves.
    gtest_discover_tests(test_${name} DISCOVERY_MODE PRE_TEST NO_PRETTY_VALUES
                         PROPERTIES TIMEOUT ${arg_TIMEOUT} PROCESSORS ${processors} COST 1 ${labels} ${fixture})
    return()
  endif()
  set(suites ${CMAKE_CURRENT_BINARY_DIR}/test_${name}_suites.cmake)
  file(GENERATE OUTPUT ${suites} CONTENT
"set(PROGRAM [==[$<TARGET_FILE:test_${name}>]==])
set(ROOM [==[${name}]==])
set(FOLDER [==[${CMAKE_CURRENT_BINARY_DIR}]==])
set(LIMIT [==[${arg_TIMEOUT}]==])
set(SHARE [==[${processors}]==])
set(LABELS [==[${arg_LABELS}]==])
include([==[${PROJECT_SOURCE_DIR}/cmake/TestSuites.cmake]==])
")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${suites})
endfunction()
