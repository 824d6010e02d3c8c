// What must be true of a customer's mailbox.

#include <algorithm>

#include "base/text/strings.hpp"
#include "scenarios/language/sentence.hpp"
#include "scenarios/vocabulary/conversations.hpp"
#include "scenarios/vocabulary/findings.hpp"

namespace casewire::scenarios {
namespace {

using sim::mail::Received;

std::string mail_line(const Received& mail) {
  std::string line = "from " + mail.message.from.address + " \"" + mail.message.subject + "\": " + shown(mail.message.text);
  for (const auto& file : mail.message.attachments) line += " [" + file.name + "]";
  return line;
}

std::vector<std::string> mail_lines(const sim::mail::Mailbox& mailbox) {
  std::vector<std::string> lines;
  for (const auto& mail : mailbox.received()) lines.push_back(mail_line(mail));
  return lines;
}

bool carries_file(const sim::mail::Message& message, const std::string& name, const std::string& content) {
  return std::any_of(message.attachments.begin(), message.attachments.end(),
                     [&](const auto& file) { return file.name == name && file.content == content; });
}

/// In the thread in which what our side said belongs; where the script does not know it, in any that she began.
bool is_in_the_same_thread(Stage& stage, const std::string& customer, const std::string& text, const Received& mail) {
  if (const auto thread = thread_for(stage, customer, text)) return mail.thread == *thread;
  const auto sent = stage.mailbox_of(customer).sent();
  return std::any_of(sent.begin(), sent.end(), [&](const Received& own) { return own.thread == mail.thread; });
}

Played receives(Stage& stage, const Action& action) {
  const std::string& customer = action.text("customer");
  const std::string& text = action.text("text");
  const bool same_thread = action.says("in the same thread");
  const auto from = action.text_if_any("address");
  std::map<std::string, std::string> files;
  for (const std::string& name : action.texts("file")) files[name] = stage.file(name);

  std::string wanted = "a mail with \"" + text + "\"";
  if (same_thread) wanted += " in the thread of the conversation it belongs to";
  if (from) wanted += " from " + *from;
  for (const auto& [name, content] : files) wanted += " with the file " + name;

  sim::mail::Mailbox& mailbox = stage.mailbox_of(customer);
  const auto matches = [&](const Received& mail) {
    return holds_text(mail.message.text, text) && (!from || equals_ignoring_case(mail.message.from.address, *from)) &&
           (!same_thread || is_in_the_same_thread(stage, customer, text, mail)) &&
           std::all_of(files.begin(), files.end(),
                       [&](const auto& file) { return carries_file(mail.message, file.first, file.second); });
  };
  return expect_one_more(
      stage, "mail\n" + customer + "\n" + wanted, wanted,
      [&] {
        const auto mails = mailbox.received();
        return static_cast<std::size_t>(std::count_if(mails.begin(), mails.end(), matches));
      },
      [&] {
        std::vector<std::string> lines;
        for (const Received& mail : mailbox.received()) {
          const bool elsewhere = same_thread && !is_in_the_same_thread(stage, customer, text, mail);
          lines.push_back(mail_line(mail) + (elsewhere ? ", in another thread" : ""));
        }
        return lines_or(lines, "no mail at all");
      });
}

Played receives_count_of_files(Stage& stage, const Action& action) {
  const std::string& customer = action.text("customer");
  const std::string& text = action.text("text");
  const std::string wanted = "a mail \"" + text + "\" with " + counted(action.count(), "file");
  sim::mail::Mailbox& mailbox = stage.mailbox_of(customer);
  return expect_one_more(
      stage, "mail\n" + customer + "\n" + wanted, wanted,
      [&] {
        const auto mails = mailbox.received();
        return static_cast<std::size_t>(std::count_if(mails.begin(), mails.end(), [&](const Received& mail) {
          return holds_text(mail.message.text, text) && mail.message.attachments.size() == action.count();
        }));
      },
      [&] {
        std::vector<std::string> lines;
        for (const Received& mail : mailbox.received())
          lines.push_back(mail_line(mail) + ", " + counted(mail.message.attachments.size(), "file"));
        return lines_or(lines, "no mail at all");
      });
}

Played receives_file_of_type(Stage& stage, const Action& action) {
  const std::string& name = action.text("file");
  const std::string& type = action.text("type");
  sim::mail::Mailbox& mailbox = stage.mailbox_of(action.text("customer"));
  const auto types = [&] {
    std::vector<std::string> found;
    for (const Received& mail : mailbox.received()) {
      for (const auto& file : mail.message.attachments) {
        if (file.name == name) found.push_back(file.media_type);
      }
    }
    return found;
  };
  return stage.expect(
      "the file " + name + " as " + type, [&] { return std::ranges::count(types(), type) > 0; },
      [&] { return lines_or(types(), "no such file"); });
}

Played receives_soon(Stage& stage, const Action& action) {
  const std::string& customer = action.text("customer");
  sim::mail::Mailbox& mailbox = stage.mailbox_of(customer);
  const auto within = time_allowed(action);
  const std::string wanted = "a mail with \"" + action.text("text") + "\"" + in_time(within);
  return expect_one_more(
      stage, "mail\n" + customer + "\n" + wanted, wanted,
      [&] {
        const auto mails = mailbox.received();
        return static_cast<std::size_t>(std::count_if(mails.begin(), mails.end(), [&](const Received& mail) {
          return holds_text(mail.message.text, action.text("text"));
        }));
      },
      [&] { return lines_or(mail_lines(mailbox), "no mail at all"); }, within.value_or(Quiescence::kHorizon));
}

Played has_received(Stage& stage, const Action& action) {
  return expect_count(stage, action.count("count", 0), "mail",
                      [&] { return mail_lines(stage.mailbox_of(action.text("customer"))); });
}

Played does_not_receive(Stage& stage, const Action& action) {
  const std::string& text = action.text("text");
  sim::mail::Mailbox& mailbox = stage.mailbox_of(action.text("customer"));
  return stage.expect_settled(
      "no mail with \"" + text + "\"",
      [&] {
        const auto mails = mailbox.received();
        return std::none_of(mails.begin(), mails.end(), [&](const Received& mail) {
          return gives_away(mail.message.text, text) || gives_away(mail.message.subject, text);
        });
      },
      [&] { return lines_or(mail_lines(mailbox), "no mail at all"); });
}

Played has_received_times(Stage& stage, const Action& action) {
  const std::string& text = action.text("text");
  return expect_count(stage, action.count(), "mail", [&] {
    std::vector<std::string> lines;
    for (const Received& mail : stage.mailbox_of(action.text("customer")).received()) {
      if (holds_text(mail.message.text, text)) lines.push_back(mail_line(mail));
    }
    return lines;
  });
}

Played receives_in_order(Stage& stage, const Action& action) {
  const std::vector<std::string> texts = action.texts("texts");
  sim::mail::Mailbox& mailbox = stage.mailbox_of(action.text("customer"));
  std::string wanted = "mails in this order, others between them";
  for (const std::string& text : texts) wanted += "\n\"" + text + "\"";
  return stage.expect(
      wanted,
      [&] {
        auto next = texts.begin();
        for (const Received& mail : mailbox.received()) {
          if (next != texts.end() && holds_text(mail.message.text, *next)) ++next;
        }
        return next == texts.end();
      },
      [&] { return lines_or(mail_lines(mailbox), "no mail at all"); });
}

Played receives_about(Stage& stage, const Action& action) {
  const std::string& customer = action.text("customer");
  const std::string& subject = action.text("subject");
  sim::mail::Mailbox& mailbox = stage.mailbox_of(customer);
  const std::string wanted = "a mail about \"" + subject + "\" with \"" + action.text("text") + "\"";
  return expect_one_more(
      stage, "mail\n" + customer + "\n" + wanted, wanted,
      [&] {
        const auto mails = mailbox.received();
        return static_cast<std::size_t>(std::count_if(mails.begin(), mails.end(), [&](const Received& mail) {
          return holds_text(mail.message.subject, subject) && holds_text(mail.message.text, action.text("text"));
        }));
      },
      [&] { return lines_or(mail_lines(mailbox), "no mail at all"); });
}

}  // namespace

Family mail_checks() {
  return {
      Group::check,
      "The customer's mailbox",
      {
          {"{customer} receives {text} [in the same thread] [from {address:support}] [with the file {file} [and the file {file}]...]",
           R"(Dana receives "Looking into it." in the same thread from help@acme.test)",
           "A mail with that text. In the same thread: of what was said on a Case, in the thread of that Case's conversation in "
           "which she spoke last, as a mail program threads it. Said again, one more such mail",
           {},
           receives},
          {"{customer} receives {text} within {duration}",
           R"(Dana receives "Looking into it." within 10 seconds)",
           "A mail with that text, so soon after what was done last; said again, one more",
           {.needs_control = true, .house = true},
           receives_soon},
          {"{customer} receives {text} with {count} file|files",
           R"(Dana receives "Looking into it." with 2 files)",
           "A mail with that text and neither more nor fewer files; said again, one more",
           {},
           receives_count_of_files},
          {"{customer} receives the file {file} as {type:text}",
           R"(Dana receives the file "return-label.pdf" as "application/pdf")",
           "A mail with a file of that name, of that media type",
           {.house = true},
           receives_file_of_type},
          {"{customer} receives {text} under the subject {subject}",
           R"(Dana receives "Looking into it." under the subject "Re: Order 1182")",
           "A mail with that text whose subject says that; said again, one more",
           {},
           receives_about},
          {"{customer} receives in this order: {texts}",
           "Dana receives in this order:\n        | Where is it?   |\n        | Let me look.   |",
           "A mail with each row's text, one after the other; other mails may come between",
           {},
           receives_in_order},
          {"{customer} does not receive {text}",
           R"(Dana does not receive "Third refund this year.")",
           "No mail says that, in text or subject, and none will",
           {},
           does_not_receive},
          {"{customer} has received {text} {count} time|times",
           R"(Dana has received "Looking into it." 1 time)",
           "Exactly so many mails with that text",
           {},
           has_received_times},
          {"{customer} has received {count} mail|mails", "Dana has received 2 mails", "Exactly so many in all", {}, has_received},
          {"{customer} receives nothing", "Dana receives nothing", "No mail at all, so far", {}, has_received},
      },
      "mailbox"};
}

}  // namespace casewire::scenarios
