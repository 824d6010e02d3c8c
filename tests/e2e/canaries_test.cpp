// R14, R17, R18: planted values on their way through `casewire record --redact`, and nothing of them on the disk: neither while it records
// nor when it has ended, in no file, and not in what it says. CASEWIRE_CANARIES plants more, as many as a tape holds (./dev canaries).

#include "tests/unit/scenarios/tape/canaries.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

namespace fs = std::filesystem;
using scenarios::Exchange;

/// All that lies there, names included; what others may read is told too.
std::string all_files(const std::string& folder) {
  std::string all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    all += entry.path().string() + "\n";
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    all.append(std::istreambuf_iterator<char>(in), {});
    struct stat about {};
    if (::stat(entry.path().c_str(), &about) == 0 && (about.st_mode & 077u) != 0) all += "\nreadable by others\n";
  }
  return all;
}

TEST(RecordedCanaries, LeaveNothingOnTheDiskWhileTheyAreRecorded) {
  constexpr std::size_t kOfEachKindMax = 150;  // of all kinds in all spellings, fewer than 20,000 exchanges
  const bool is_full = scenarios::canaries() > kOfEachKindMax;
  SeededRng rng(17);
  std::vector<std::string> values;
  std::vector<Exchange> planted;
  for (const auto& kind : scenarios::canary_kinds()) {
    for (std::size_t i = 0; i < (is_full ? kOfEachKindMax : 6); ++i) {
      values.push_back(kind.invent(rng));
      for (std::size_t s = 0; s < scenarios::spellings().size(); ++s)
        planted.push_back(scenarios::planted(scenarios::spellings()[s].write(values.back()), i + s));
    }
  }
  // Long enough to stand beside the tape.
  planted.front().response.body += std::string(9'000, ' ') + values.front();

  ThreadRuntime runtime;
  auto upstream = http::SocketServer::start(runtime, [&](const http::Request& request) {
    const std::string query(request.query());
    return http::Reply{.response = planted.at(std::stoul(query.substr(query.find('=') + 1))).response};
  });
  ASSERT_TRUE(upstream);
  const ScratchFolder folder;
  const std::string out = folder.path() + "/out", said = folder.path() + "/said", url = (*upstream)->url();
  const Ran started = shell("\"$CASEWIRE\" record --redact --salesforce " + url + " --opencx " + url + " --out " + out + " > " +
                            said + " 2>&1 & echo $! > " + folder.path() + "/pid; i=0; until grep -qs Ctrl-C " + said +
                            " || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done; sed -n 's/.*OPENCX_URL=//p' " + said);
  const std::string proxy = started.output.substr(0, started.output.find('\n'));
  ASSERT_THAT(proxy, testing::StartsWith("http://127.0.0.1:"));
  http::SocketTransport client;
  for (std::size_t i = 0; i < planted.size(); ++i) {
    http::Request request = planted[i].request;
    request.target = proxy + "/contacts?limit=" + std::to_string(i);
    ASSERT_TRUE(client.send(request, {std::chrono::seconds(10)})) << i;
  }
  shell("i=0; until grep -q contacts " + out + "/tape.har || [ $i -gt 600 ]; do sleep 0.05; i=$((i+1)); done");
  const std::string before = all_files(out);
  shell("kill -TERM $(cat " + folder.path() + "/pid); i=0; until grep -q 'exchanges in' " + said +
        " || [ $i -gt 2000 ]; do sleep 0.05; i=$((i+1)); done");
  const std::string after = all_files(out);
  (*upstream)->stop();
  runtime.stop();

  EXPECT_THAT(folder.read("said"), testing::HasSubstr(std::to_string(planted.size()) + " exchanges in "));
  EXPECT_THAT(before, testing::HasSubstr("/contacts?limit="));
  for (const std::string& text : {before, after, folder.read("said")}) {
    const auto found = scenarios::found_in(text, values);
    EXPECT_EQ(found.count, 0u) << found.example;
    EXPECT_EQ(text.find("readable by others"), std::string::npos);
  }
}

}  // namespace
}  // namespace casewire::tests
