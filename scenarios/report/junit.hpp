#pragma once
// JUnit XML as Jenkins and GitLab read it: one <testsuite> per feature, one <testcase> per scenario with file and line,
// <failure>, <error> (the harness itself failed) or <skipped> (not exercised), and where it did not pass the journal's short text
// in <system-out>. The class name is the feature's path, the suite's name its title and the ring. Follows: the format of Jenkins' xunit plugin ("junit-10.xsd"); `file` and `line` as GitLab's "Unit test
// reports" shows them.

#include <string>

#include "scenarios/runner/run_result.hpp"

namespace casewire::scenarios {

/// UTF-8, with an XML declaration. At most kJournalLinesMax journal lines a scenario; what was left out is said.
std::string junit(const RunResult& result);

/// The same for Jenkins' xUnit plugin from 2.3 on, whose schema no longer knows a <testcase>'s `file` and `line` and which takes nothing of a
/// file that has them.
std::string junit_for_xunit(const RunResult& result);

}  // namespace casewire::scenarios
