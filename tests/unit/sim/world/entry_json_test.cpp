#include "sim/world/entry_json.hpp"

#include <gtest/gtest.h>

namespace casewire::sim {
namespace {

std::string line_of(Occurrence event) {
  return to_line({7, *parse_iso8601("2026-01-05T09:00:00.250Z"), "who", 3, std::move(event)});
}

// Each type of entry, every member of it told.
std::vector<Occurrence> one_of_each() {
  const FileSeen file = file_seen("photo.jpg", "abc");
  return {
      HttpExchange{"bridge",
                   "salesforce",
                   "POST",
                   "/x?y=1",
                   {"Case create", "query"},
                   "Accept: text/html\n",
                   "Retry-After: 30\n",
                   "ask",
                   "tell",
                   true,
                   503,
                   30,
                   std::chrono::milliseconds(250),
                   http::Wire::cut_in_body,
                   false,
                   "the answer was cut",
                   "entry 10"},
      HttpExchange{.from = "opencx", .to = "bridge", .lost = true, .error = "lost on the way"},
      MailPassage{"a@x.test", {"b@x.test"}, "s", "m2", "m1", {"m0", "m1"}, "text", {file}, "delivered"},
      RecordChange{"Case", "500A", "insert", "Ruiz", "005R", {{"Subject", "a"}, {"Count", 2}}, file},
      SessionEvent{"s1", 1001, "message", "ai", "id", "contact", "Dana", "hello", {file}, "a@x.test", "s"},
      JobEnd{"Notifier", "email.sent", "500A", {"02s"}, "Completed", 202, "none"},
      FaultStrike{"the answer is lost", "salesforce"},
      TimeSkip{*parse_iso8601("2026-01-05T10:00:00.000Z")},
      StepBegin{"When", "Dana writes"},
      BridgeEvent{.event = "asked", .parked = 2},
      BridgeEvent{.event = "crashed", .detail = "killed"},
      WorldFacts{"005BRIDGE", {"help@acme.test"}, {"dana@example.test"}, 41},
  };
}

TEST(EntryJson, ReadsBackWhatItWrote) {
  for (const Occurrence& event : one_of_each()) {
    const std::string line = line_of(event);
    const auto entries = read_json_lines(line + "\n", "j.jsonl");
    ASSERT_TRUE(entries) << line << render(entries.error());
    ASSERT_EQ(entries->size(), 1u);
    EXPECT_EQ(entries->front().event.index(), event.index());
    EXPECT_EQ(to_line(entries->front()), line);
  }
}

TEST(EntryJson, WritesDamageAsWhatItWas) {
  for (const auto& [wire, name] : http::kWireNames) {
    const Json data = to_json(HttpExchange{.status = 200, .wire = wire});
    EXPECT_EQ(string_member(data, "wire", "intact"), name);
  }
  EXPECT_EQ(string_member(to_json(HttpExchange{.lost = true}), "wire"), "lost");
}

TEST(EntryJson, NamesTheLineAndTheMemberThatCannotBeRead) {
  const std::string good = line_of(StepBegin{"When", "x"});
  const auto read = [&](const std::string& line) {
    const auto entries = read_json_lines(good + "\n" + line, "j.jsonl");
    return entries ? std::string("read") : render(entries.error());
  };
  EXPECT_EQ(read(R"({"seq":2,"at":"2026-01-05T09:00:00Z","kind":"http","data":{"status":"200"}})"),
            "j.jsonl:2:1: error: expected a whole number as \"status\"\n");
  EXPECT_EQ(read(R"({"seq":2,"at":"2026-01-05T09:00:00Z","kind":"http","data":{"wire":"wet"}})"),
            "j.jsonl:2:1: error: expected the name of a damage as \"wire\"\n");
  EXPECT_EQ(read(R"({"seq":2,"at":"2026-01-05T09:00:00Z","kind":"dream","data":{}})"),
            "j.jsonl:2:1: error: a journal has no entries of the kind \"dream\"\n");
  EXPECT_EQ(read(R"({"seq":2,"at":"yesterday","kind":"step","data":{}})"),
            "j.jsonl:2:1: error: expected an instant such as 2026-01-05T09:00:00.000Z as \"at\"\n");
}

}  // namespace
}  // namespace casewire::sim
