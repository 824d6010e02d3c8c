// Files of exchanges that are whole at every moment.

#include "base/recording/tape_log.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "base/text/crypto.hpp"
#include "base/text/encoding.hpp"

namespace casewire::recording {
namespace {

namespace fs = std::filesystem;

class TapeLogs : public testing::Test {
 protected:
  TapeLogs() : folder_(fs::temp_directory_path() / ("casewire-tape-log-" + std::to_string(::getpid()))) {}
  ~TapeLogs() override { fs::remove_all(folder_); }

  std::unique_ptr<TapeLog> open(
      TapeLogOptions options,
      TapeLog::Prepare prepare = [](const Exchange& one, const Masked*) { return std::optional(Masked{one}); }) {
    options.folder = folder_.string();
    options.file_name = [](std::uint64_t number) { return "tape-" + std::to_string(number) + ".har"; };
    auto log = TapeLog::open(
        std::move(options), [] { return WallTime{std::chrono::seconds(1'767'603'600)}; }, std::move(prepare),
        [&](const std::string& why) { ended_.push_back(why); });
    EXPECT_TRUE(log);
    return *std::move(log);
  }
  std::string read(const fs::path& file) const {
    std::ifstream in(folder_ / file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// Status by target, as a reader of the file understands it.
  std::map<std::string, int> told(const std::string& name = "tape-1.har") const {
    std::map<std::string, int> told;
    std::map<std::uint64_t, std::pair<std::string, int>> numbered;
    const auto json = parse_json(read(name));
    EXPECT_TRUE(json) << (json ? "" : render(json.error())) << read(name);
    if (!json) return told;
    for (const Json& entry : (*json)["log"]["entries"]) {
      const std::string url = entry["request"]["url"];
      const std::pair<std::string, int> one{url.substr(url.rfind('/')), entry["response"]["status"]};
      if (entry["_casewire"].contains("number")) {
        numbered[entry["_casewire"]["number"]] = one;
      } else {
        told.insert(one);
      }
    }
    for (const auto& [number, one] : numbered) told.insert(one);
    return told;
  }

  const fs::path folder_;
  std::vector<std::string> ended_;
};

http::Request request_of(const std::string& name, std::string body = {}) {
  return {.method = "POST", .target = "/" + name, .headers = {{"Content-Type", "text/plain"}}, .body = std::move(body)};
}

/// A handler that asks others while it answers: exchanges overlap as the plan has it.
void overlap(TapeLog& log, std::mt19937& lot, int& left, std::map<std::string, int>& expected,
             const std::function<void()>& look) {
  const std::string name = "n" + std::to_string(left--);
  const auto handler = log.record(
      [&](const http::Request&) {
        expected["/" + name] = 0;
        look();
        while (left > 0 && lot() % 3 != 0) overlap(log, lot, left, expected, look);
        return http::Reply{.response = {.status = 200, .body = std::string(lot() % 300, 'b')}};
      },
      "opencx");
  handler(request_of(name, std::string(lot() % 200, 'a')));
  expected["/" + name] = 200;
  look();
}

TEST_F(TapeLogs, R5AreWholeWheneverSomebodyLooks) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    const auto log = open({});
    std::mt19937 lot(seed);
    std::map<std::string, int> expected;
    for (int left = 12; left > 0;) overlap(*log, lot, left, expected, [&] { ASSERT_EQ(told(), expected) << "seed " << seed; });
  }
}

TEST_F(TapeLogs, AreInTheOrderOfBeginningsWhenTheyAreTidied) {
  const auto log = open({.is_tidied = true});
  std::mt19937 lot(7);
  std::map<std::string, int> expected;
  for (int left = 12; left > 0;) overlap(*log, lot, left, expected, [] {});
  EXPECT_TRUE(log->finish());
  EXPECT_EQ(told(), expected);
  const std::string text = read("tape-1.har");
  std::size_t at = 0;
  for (int n = 12; n > 0; --n) {
    const std::size_t next = text.find("/n" + std::to_string(n) + "\"", at);
    EXPECT_NE(next, std::string::npos) << n;
    at = next;
  }
  EXPECT_EQ(text.find("number"), std::string::npos);
  EXPECT_EQ(text.find("   \n"), std::string::npos) << "no blanks are left";
}

TEST_F(TapeLogs, FollowEachOtherAndTheOldestGoes) {
  const auto log = open({.file_bytes_max = 4'000, .files_max = 3});
  const auto ask = log->record([](const http::Request&) { return http::Reply{.response = {.status = 200}}; }, "opencx");
  for (int i = 0; i < 60; ++i) ask(request_of("n" + std::to_string(i), i == 59 ? std::string(6'000, 'x') : "small"));
  const auto files = log->books().files;
  EXPECT_EQ(files.size(), 3u);
  std::set<std::string> names, listed;
  for (const auto& entry : fs::directory_iterator(folder_)) names.insert(entry.path().filename().string());
  for (const std::string& file : files) listed.insert(fs::path(file).filename().string());
  EXPECT_THAT(names, testing::IsSupersetOf(listed));
  std::size_t bodies = 0;
  for (const std::string& name : names) {
    if (name.ends_with(".bodies")) {
      ++bodies;
    } else {
      (void)told(name);
    }
  }
  EXPECT_EQ(bodies, 1u);
  EXPECT_EQ(log->books().kept, 60u);
}

TEST_F(TapeLogs, FullOnesAreTidiedWithWhatIsKnownAtTheEnd) {
  const auto log = open({.file_exchanges_max = 2, .is_tidied = true});
  const auto ask = log->record([](const http::Request&) { return http::Reply{.response = {.status = 200}}; }, "opencx");
  for (int i = 0; i < 5; ++i) ask(request_of("n" + std::to_string(i), "known-late"));
  EXPECT_TRUE(log->finish([](const std::string& text) { return text == "known-late" ? "masked" : text; }));
  for (const char* file : {"tape-1.har", "tape-2.har", "tape-3.har"}) {
    EXPECT_THAT(read(file), testing::AllOf(testing::Not(testing::HasSubstr("known-late")), testing::HasSubstr("masked"))) << file;
    EXPECT_THAT(read(file), testing::Not(testing::HasSubstr("number"))) << file;
  }
}

TEST_F(TapeLogs, R6NoCallWaitsForWhatIsMadeOfAnother) {
  std::mutex mutex;
  std::condition_variable changed;
  bool is_other_done = false, was_held_up = false;
  const auto log = open({}, [&](const Exchange& exchange, const Masked*) {
    std::unique_lock lock(mutex);
    if (exchange.request.target == "/long" && !changed.wait_for(lock, std::chrono::seconds(5), [&] { return is_other_done; }))
      was_held_up = true;
    return std::optional(Masked{exchange});
  });
  const auto ask = log->record([](const http::Request&) { return http::Reply{.response = {.status = 200}}; }, "opencx");
  std::thread other([&] { ask(request_of("long")); });
  ask(request_of("short"));
  {
    const std::lock_guard lock(mutex);
    is_other_done = true;
  }
  changed.notify_all();
  other.join();
  EXPECT_FALSE(was_held_up);
  EXPECT_EQ(told(), (std::map<std::string, int>{{"/long", 200}, {"/short", 200}}));
}

TEST_F(TapeLogs, R6NoCallWaitsForItsEndToBeWrittenUntilTooManyDo) {
  std::mutex mutex;
  std::condition_variable changed;
  bool is_held = true;
  // The log's own thread is held at the first end.
  auto log = open({.ends_waiting_max = 2}, [&](const Exchange& one, const Masked* begun) {
    std::unique_lock lock(mutex);
    if (begun != nullptr && one.request.target == "/first") changed.wait(lock, [&] { return !is_held; });
    return std::optional(Masked{one});
  });
  const auto ask = [&](const std::string& name) {
    return log->record([](const http::Request&) { return http::Reply{.response = {.status = 201}}; }, "opencx")(request_of(name));
  };
  ask("first");
  ask("second");
  EXPECT_EQ(told().at("/first"), 0) << "it stands there since it began, and its end is waiting";
  EXPECT_EQ(told().at("/second"), 0);
  ask("third");
  EXPECT_EQ(told().at("/third"), 201) << "two are waiting, so it was written by its own call";
  {
    const std::lock_guard lock(mutex);
    is_held = false;
  }
  changed.notify_all();
  EXPECT_EQ(log->books().kept, 3u);
  EXPECT_TRUE(log->finish());
  EXPECT_EQ(told(), (std::map<std::string, int>{{"/first", 201}, {"/second", 201}, {"/third", 201}}));
}

TEST_F(TapeLogs, OfManyCallersAreWholeAcrossFiles) {
  const auto log = open({.file_exchanges_max = 7, .is_tidied = true});
  const auto ask = log->record(
      [](const http::Request& request) { return http::Reply{.response = {.status = 200, .body = request.body}}; }, "opencx");
  std::vector<std::thread> callers;
  for (int caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&, caller] {
      for (int i = 0; i < 50; ++i)
        ask(request_of("c" + std::to_string(caller * 50 + i), std::string(i % 10 == 0 ? 5'000 : 50, 'x')));
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_TRUE(log->finish());
  std::map<std::string, int> all;
  for (const std::string& file : log->books().files) all.merge(told(fs::path(file).filename().string()));
  EXPECT_EQ(all.size(), 200u);
  EXPECT_TRUE(std::all_of(all.begin(), all.end(), [](const auto& one) { return one.second == 200; }));
  EXPECT_EQ(log->books().kept, 200u);
}

TEST_F(TapeLogs, TakeWhatIsUnderWayIntoTheNextFile) {
  const auto log = open({.file_exchanges_max = 3});
  const auto ask = log->record([](const http::Request&) { return http::Reply{.response = {.status = 200}}; }, "opencx");
  const auto slow = log->record(
      [&](const http::Request&) {
        for (int i = 0; i < 4; ++i) ask(request_of("n" + std::to_string(i)));
        return http::Reply{.response = {.status = 202}};
      },
      "opencx");
  slow(request_of("slow"));
  EXPECT_EQ(told("tape-1.har"), (std::map<std::string, int>{{"/n0", 200}, {"/n1", 200}, {"/n2", 200}}));
  EXPECT_EQ(told("tape-2.har"), (std::map<std::string, int>{{"/n3", 200}, {"/slow", 202}}));
}

/// What a disk that is full does: a write past the limit fails.
class FileLimit {
 public:
  explicit FileLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &former_);
    const rlimit now{bytes, former_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FileLimit() {
    ::setrlimit(RLIMIT_FSIZE, &former_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit former_{};
  void (*handler_)(int);
};

TEST_F(TapeLogs, ADiskThatRefusesLeavesWhatWasKeptReadableAndIsToldOnce) {
  const auto log = open({.is_tidied = true});
  const auto ask = log->record(
      [](const http::Request& request) { return http::Reply{.response = {.status = 200, .body = request.body}}; }, "opencx");
  {
    const FileLimit limit(8'000);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(ask(request_of("n" + std::to_string(i), std::string(300, 'x'))).response.status, 200);
    EXPECT_EQ(ended_.size(), 1u);
    const auto books = log->books();
    EXPECT_GT(books.kept, 2u);
    EXPECT_EQ(books.kept + books.lost, 20u);
    EXPECT_GE(told().size(), books.kept);
  }
  EXPECT_TRUE(log->finish());
  EXPECT_THAT(read("tape-1.har"), testing::HasSubstr("exchanges were not recorded\""));
}

/// The first is gone, and the second had to lose its comma: that must not come back.
TEST_F(TapeLogs, ADiskThatRefusesLeavesTheLastEntryAsItStoodWhenAnotherWasTakenOut) {
  fs::create_directories(folder_);
  auto file = TapeFile::make((folder_ / "tape.har").string(), {});
  ASSERT_TRUE(file);
  TapeFile::Slot first, second;
  ASSERT_TRUE((*file)->append(R"({"_casewire":{"number":1}})", first));
  ASSERT_TRUE((*file)->append(R"({"_casewire":{"number":2}})", second));
  (*file)->blank(first);
  {
    const FileLimit limit(fs::file_size(folder_ / "tape.har"));
    EXPECT_FALSE((*file)->replace(second, R"({"_casewire":{"number":2},"more":")" + std::string(300, 'x') + "\"}"));
  }
  const auto json = parse_json(read("tape.har"));
  ASSERT_TRUE(json) << render(json.error()) << read("tape.har");
  EXPECT_EQ((*json)["log"]["entries"].dump(), R"([{"_casewire":{"number":2}}])");
}

TEST_F(TapeLogs, BodiesStandBesideAndAreWithheldWithTheirExchange) {
  const auto log = open({.is_tidied = true}, [](const Exchange& exchange, const Masked*) {
    return exchange.request.target == "/secret" && exchange.response.status != 0 ? std::nullopt : std::optional(Masked{exchange});
  });
  const std::string body(100'000, 'y');
  const auto ask =
      log->record([&](const http::Request&) { return http::Reply{.response = {.status = 200, .body = body}}; }, "opencx");
  ask(request_of("open"));
  ask(request_of("secret"));
  ask(request_of("open-too"));
  EXPECT_EQ(told(), (std::map<std::string, int>{{"/open", 200}, {"/open-too", 200}}));
  EXPECT_EQ(log->books().withheld, 1u);
  EXPECT_TRUE(log->finish([](const std::string& text) { return text == "text/plain" ? "text/html" : text; }));
  EXPECT_THAT(read("tape-1.har"), testing::AllOf(testing::HasSubstr("\"_file\": \"tape-1.bodies/" + hex(sha256(body))),
                                                 testing::HasSubstr("text/html"), testing::HasSubstr("1 exchanges were not")));
  EXPECT_EQ(read("tape-1.bodies/" + hex(sha256(body))), body);
}

TEST_F(TapeLogs, AreTheirOwnersAlone) {
  const auto log = open({});
  const auto ask = log->record([](const http::Request&) { return http::Reply{.response = {.status = 200}}; }, "opencx");
  ask(request_of("x", std::string(5'000, 'x')));
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    EXPECT_EQ(entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none) << entry.path();
  }
}

}  // namespace
}  // namespace casewire::recording
