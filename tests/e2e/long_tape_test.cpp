// R3: what `casewire record` keeps is as long as the disk is, and its memory does not grow with it; nor does that of whoever reads a tape.
// CASEWIRE_TAPE_MB makes them longer (./dev canaries: 500, which are a million exchanges).

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/http/socket_server.hpp"
#include "base/http/socket_transport.hpp"
#include "base/runtime/thread_runtime.hpp"
#include "base/text/encoding.hpp"
#include "scenarios/tape/tape_reader.hpp"
#include "tests/e2e/built_program.hpp"

namespace casewire::tests {
namespace {

namespace fs = std::filesystem;

std::size_t megabytes() {
  const char* wanted = std::getenv("CASEWIRE_TAPE_MB");
  return wanted == nullptr ? 80 : std::stoul(wanted);
}

TEST(LongTape, R3OfManyMegabytesIsKeptInLittleMemory) {
  constexpr std::size_t kMemoryMaxKb = 64 * 1024;
  ThreadRuntime runtime;
  // Half of it stands beside the tape, half in its text.
  const auto body_of = [](std::size_t number) {
    const std::size_t bytes = number % 257 == 0 ? (1u << 20) : 4'000;
    std::string body = "{\"number\": " + std::to_string(number) + ", \"text\": \"";
    while (body.size() < bytes) body += "the kettle does not switch off \\u00e4 " + std::to_string(body.size()) + " ";
    return body + "\"}";
  };
  auto upstream = http::SocketServer::start(runtime, [&](const http::Request& request) {
    const std::string query(request.query());
    http::Response response{.status = 200, .body = body_of(std::stoul(query.substr(query.find('=') + 1)))};
    response.headers.set("Content-Type", "application/json");
    return http::Reply{.response = std::move(response)};
  });
  ASSERT_TRUE(upstream);
  const ScratchFolder folder;
  const std::string out = folder.path() + "/out", said = folder.path() + "/said", url = (*upstream)->url();
  const Ran started = shell("\"$CASEWIRE\" record --salesforce " + url + " --opencx " + url + " --out " + out + " > " + said +
                            " 2>&1 & echo $! > " + folder.path() + "/pid; i=0; until grep -qs Ctrl-C " + said +
                            " || [ $i -gt 200 ]; do sleep 0.05; i=$((i+1)); done; sed -n 's/.*OPENCX_URL=//p' " + said);
  const std::string proxy = started.output.substr(0, started.output.find('\n'));
  ASSERT_THAT(proxy, testing::StartsWith("http://127.0.0.1:"));
  const std::size_t wanted = megabytes() << 20;
  http::SocketTransport client;
  std::size_t asked = 0;
  for (std::size_t bytes = 0; bytes < wanted; ++asked) {
    const auto answer =
        client.send({.method = "GET", .target = proxy + "/contacts?limit=" + std::to_string(asked)}, {std::chrono::seconds(10)});
    ASSERT_TRUE(answer) << asked;
    ASSERT_EQ(answer->body.size(), body_of(asked).size());
    bytes += answer->body.size();
  }
  const Ran ended = shell("PID=$(cat " + folder.path() + "/pid); kill -TERM $PID; i=0; until grep -q 'exchanges in' " + said +
                          " || [ $i -gt 2000 ]; do grep VmHWM /proc/$PID/status; sleep 0.05; i=$((i+1)); done");
  (*upstream)->stop();
  runtime.stop();
  const std::size_t last = ended.output.rfind("VmHWM:");
  ASSERT_NE(last, std::string::npos) << ended.output;
  EXPECT_LT(std::stoul(ended.output.substr(last + 6)), kMemoryMaxKb) << ended.output.substr(last);
  EXPECT_THAT(folder.read("said"), testing::HasSubstr(std::to_string(asked) + " exchanges in "));

  std::size_t found = 0, tapes = 0;
  for (const auto& entry : fs::directory_iterator(out)) {
    if (entry.path().extension() != ".har") continue;
    ++tapes;
    const std::string file = entry.path().string();
    const auto tape = scenarios::TapeReader::of_file(file);
    ASSERT_TRUE(tape) << render(tape.error());
    EXPECT_TRUE(tape->for_each([&](std::size_t, const scenarios::Exchange& exchange) {
      ++found;
      const std::string query(exchange.request.query());
      EXPECT_EQ(exchange.response.body, body_of(std::stoul(query.substr(query.find('=') + 1))));
    }));
  }
  EXPECT_EQ(found, asked);
  EXPECT_GT(tapes, 1u);
}

/// Of conversations that are looked at again and again, and now and then written to: 2,000 exchanges in a megabyte.
void make_tape(const std::string& file, std::size_t exchanges, const std::string& more = {}) {
  std::ofstream out(file, std::ios::binary);
  out << R"({"log":{"version":"1.2","creator":{"name":"made","version":"1"},"entries":[)";
  const WallTime start = std::chrono::sys_days{std::chrono::year{2026} / 1 / 5};
  for (std::size_t i = 0; i < exchanges; ++i) {
    constexpr std::size_t kConversations = 40, kWriteEvery = 97;
    const std::string contact = std::to_string(i % kConversations), number = std::to_string(i);
    const std::string session = "6f1d2a00-0000-4000-8000-0000000000" + std::to_string(10 + i % kConversations);
    const bool is_write = i % kWriteEvery == 0, is_history = !is_write && i % 2 == 1;
    Json body{{"id", session}, {"status", "open"}, {"contact", {{"email", "dana" + contact + "@customer.test"}}}};
    if (is_history) {
      const Json said{
          {"type", "message"}, {"sender", {{"type", "contact"}}}, {"content", {{"text", "Where is order " + contact}}}};
      body = {{"items", {{{"id", "m" + contact}, {"created_at", iso8601(start)}, {"event", said}}}}};
    }
    if (!more.empty()) body["more"] = more;
    Json request{{"method", is_write ? "PATCH" : "GET"},
                 {"url", "https://api.open.cx/chat/sessions/" + session + (is_history ? "/history" : "")},
                 {"headers", Json::array()}};
    if (is_write) request["postData"] = {{"mimeType", "application/json"}, {"text", "{\"custom_data\":{\"n\":" + number + "}}"}};
    const Json content{{"mimeType", "application/json"}, {"text", body.dump()}};
    const Json entry{{"startedDateTime", iso8601(start + milliseconds(100 * i))},
                     {"time", 3},
                     {"request", std::move(request)},
                     {"response", {{"status", 200}, {"headers", Json::array()}, {"content", content}}},
                     {"comment", "the " + number + "th look"}};
    out << (i == 0 ? "\n" : ",\n") << entry.dump();
  }
  out << "]}}\n";
}

struct Measured {
  int exit_code = -1;
  std::size_t peak_mb = 0;
};

/// The program with these words; what it says goes to `said`.
Measured measured(const std::vector<std::string>& words, const std::string& said) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::vector<char*> arguments;
    std::string program = CASEWIRE_PROGRAM;
    arguments.push_back(program.data());
    std::vector<std::string> copies = words;
    for (std::string& word : copies) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const bool is_led = std::freopen(said.c_str(), "w", stdout) != nullptr && ::dup2(::fileno(stdout), 2) >= 0;
    if (is_led) ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  int status = 0;
  struct rusage used {};
  if (::wait4(child, &status, 0, &used) != child || !WIFEXITED(status)) return {};
  return {WEXITSTATUS(status), static_cast<std::size_t>(used.ru_maxrss) / 1024};
}

TEST(LongTape, R3OfManyMegabytesIsReadInLittleMemory) {
  constexpr std::size_t kMemoryMaxMb = 256, kOfAMegabyte = 2'000, kUsual = 40'000;
  const ScratchFolder folder;
  const std::size_t exchanges = std::getenv("CASEWIRE_TAPE_MB") == nullptr ? kUsual : megabytes() * kOfAMegabyte;
  const std::string tape = folder.path() + "/made.har", said = folder.path() + "/said";
  make_tape(tape, exchanges);
  const auto is_modest = [&](const std::vector<std::string>& words, int exit_code) {
    const auto begun = std::chrono::steady_clock::now();
    const Measured ran = measured(words, said);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::cout << words.front() << ": " << took.count() << " s, " << ran.peak_mb << " MB\n";
    EXPECT_EQ(ran.exit_code, exit_code) << words.front() << ": " << folder.read("said").substr(0, 2'000);
    EXPECT_LT(ran.peak_mb, kMemoryMaxMb) << words.front();
    return folder.read("said");
  };
  EXPECT_THAT(is_modest({"redact", tape, folder.path() + "/shared.har"}, 0),
              testing::HasSubstr(std::to_string(exchanges) + " exchanges without people"));
  EXPECT_THAT(is_modest({"lint", folder.path() + "/shared.har"}, 0), testing::HasSubstr("nothing found in 1 files"));
  EXPECT_THAT(is_modest({"compare", tape}, 1), testing::HasSubstr(" answers compared"));
  EXPECT_THAT(is_modest({"import", tape, "--out", folder.path() + "/desk"}, 0), testing::HasSubstr("Written: "));
  const auto again = scenarios::TapeReader::of_file(folder.path() + "/desk/fixtures/recordings/made.har");
  ASSERT_TRUE(again) << render(again.error());
  EXPECT_EQ(again->size(), exchanges);
}

/// Both models keep what they are sent, though nobody asks for most of it again.
TEST(LongTape, R3OfManyFilesIsComparedInLittleMemory) {
  constexpr std::size_t kMemoryMaxMb = 256, kFiles = 20, kFileBytes = 4u << 20;
  const ScratchFolder folder;
  const std::string tape = folder.path() + "/files.har", said = folder.path() + "/said";
  const WallTime start = std::chrono::sys_days{std::chrono::year{2026} / 1 / 5};
  const std::string object = "https://acme.my.salesforce.com/services/data/v66.0/sobjects/ContentVersion";
  {
    std::ofstream out(tape, std::ios::binary);
    out << R"({"log":{"version":"1.2","creator":{"name":"made","version":"1"},"entries":[)";
    const auto write = [&](std::size_t second, Json request, Json response) {
      request["headers"] = Json::array({{{"name", "Content-Type"}, {"value", "application/json"}}});
      const Json entry{{"startedDateTime", iso8601(start + std::chrono::seconds(second))},
                       {"time", 3},
                       {"request", std::move(request)},
                       {"response", std::move(response)}};
      out << (second == 0 ? "\n" : ",\n") << entry.dump();
    };
    const auto content = [](const std::string& file, std::size_t number) {
      std::string bytes(kFileBytes, static_cast<char>('a' + number));
      return bytes.replace(0, file.size(), file);
    };
    const auto id = [](std::size_t number) { return "068KB00000001" + std::to_string(10 + number); };
    for (std::size_t i = 0; i < kFiles; ++i) {
      const std::string name = "scan-" + std::to_string(i) + ".bin";
      const Json sent{{"PathOnClient", name}, {"VersionData", base64(content(name, i))}};
      const Json made{{"id", id(i)}, {"success", true}, {"errors", Json::array()}};
      write(i, {{"method", "POST"}, {"url", object}, {"postData", {{"mimeType", "application/json"}, {"text", sent.dump()}}}},
            {{"status", 201},
             {"headers", Json::array({{{"name", "Content-Type"}, {"value", "application/json"}}})},
             {"content", {{"mimeType", "application/json"}, {"text", made.dump()}}}});
    }
    // The last is asked for again, and is the one that was sent.
    write(kFiles, {{"method", "GET"}, {"url", object + "/" + id(kFiles - 1) + "/VersionData"}},
          {{"status", 200},
           {"headers", Json::array({{{"name", "Content-Type"}, {"value", "application/octet-stream"}}})},
           {"content",
            {{"mimeType", "application/octet-stream"},
             {"encoding", "base64"},
             {"text", base64(content("scan-" + std::to_string(kFiles - 1) + ".bin", kFiles - 1))}}}});
    out << "]}}\n";
  }
  const Measured ran = measured({"compare", tape}, said);
  std::cout << "compare: " << ran.peak_mb << " MB\n";
  EXPECT_THAT(folder.read("said"), testing::HasSubstr(std::to_string(kFiles + 1) + " answers compared"));
  EXPECT_THAT(folder.read("said"), testing::Not(testing::HasSubstr("differ: body")));
  EXPECT_LT(ran.peak_mb, kMemoryMaxMb);
}

TEST(LongTape, R3OfManyMegabytesIsPlayedInLittleMemory) {
  constexpr std::size_t kMemoryMaxMb = 256, kBodyBytes = 20'000, kOfAMegabyte = 50;
  const ScratchFolder folder;
  fs::create_directory(folder.path() + "/recordings");
  const std::size_t exchanges = megabytes() * kOfAMegabyte;
  make_tape(folder.path() + "/recordings/made.har", exchanges, std::string(kBodyBytes, 'x'));
  folder.write("long.feature",
               "Feature: Long\n\n  Scenario: Another bridge asks\n    Given the recording "
               "\"made.har\"\n    When 1 minute passes\n    Then every recorded request was made\n");
  const std::string said = folder.path() + "/said";
  const Measured ran = measured(
      {"run", folder.path() + "/long.feature", "--simulated", "--fixtures", folder.path(), "--html", folder.path() + "/r.html"},
      said);
  std::cout << "run: " << ran.peak_mb << " MB\n";
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(folder.read("said"), testing::HasSubstr("nearest: entry 2 (GET /chat/sessions/"));
  EXPECT_LT(ran.peak_mb, kMemoryMaxMb);
}

}  // namespace
}  // namespace casewire::tests
