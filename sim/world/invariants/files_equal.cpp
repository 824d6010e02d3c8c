#include "sim/world/invariants/reading.hpp"
#include "sim/world/invariants/rows.hpp"

namespace casewire::sim {
namespace {

// The customer's files.
void files_reach_the_case(const History& history, std::vector<Find>& out) {
  for (const SessionMoment* said : owed_to_cases(history)) {
    if (said->files.empty()) continue;
    const std::string customer = customer_of(history, said->session);
    const auto hers = history.cases_of(customer);
    const auto texts = texts_on(history, hers);
    std::vector<const FileSeen*> missing;
    for (const FileSeen& file : said->files) {
      const bool is_there = std::any_of(history.files.begin(), history.files.end(), [&](const FileLink& link) {
        return hers.contains(link.case_id) && link.file.sha256 == file.sha256;
      });
      const bool is_named = std::any_of(texts.begin(), texts.end(), [&](const CaseText* text) {
        if (text->object == "EmailMessage" || text->entry <= said->entry || !contains(text->text, folded(file.name)))
          return false;
        // Our own transcript names every file, and that it was not copied stands beside it.
        return !history.bridge_is_ours || said->text.empty() || !contains(text->text, said->text);
      });
      if (!is_there && !is_named) missing.push_back(&file);
    }
    // Of too many the rest is counted.
    const std::string rest = std::to_string(missing.size()) + " more files";
    const bool is_counted = std::any_of(
        texts.begin(), texts.end(), [&](const CaseText* text) { return text->entry > said->entry && says(text->text, rest); });
    if (is_counted) continue;
    for (const FileSeen* file : missing) {
      out.push_back({"the file " + file->name + " of " + customer + " is on no Case of hers as she sent it", said->entry});
    }
  }
}

// The reps' files.
void files_reach_the_customer(const History& history, std::vector<Find>& out) {
  for (const Utterance& reply : history.rep_replies) {
    if (is_before_our_part(history, reply) || was_withdrawn_at_once(reply)) continue;
    const std::string to = addressee(history, reply);
    for (const FileLink& link : history.files) {
      if (link.place != reply.record || link.by_id == history.integration_user_id) continue;
      const bool is_told = std::any_of(history.mails.begin(), history.mails.end(), [&](const Mail& mail) {
        if (mail.entry < reply.entry || !is_outbound(history, mail) || (!to.empty() && mail.to != to)) return false;
        return contains(mail.text, folded(link.file.name)) ||
               std::any_of(mail.files.begin(), mail.files.end(),
                           [&](const FileSeen& file) { return file.sha256 == link.file.sha256; });
      });
      if (!is_told) {
        out.push_back({"the file " + link.file.name + " of the rep's reply " + quoted(reply.text) +
                           " neither reached the customer nor was named to her",
                       link.entry});
      }
    }
  }
}

std::vector<Find> files_are_equal(const History& history) {
  std::vector<Find> out;
  if (is_visibly_parked(history)) return out;
  files_reach_the_case(history, out);
  files_reach_the_customer(history, out);
  return out;
}

}  // namespace

const Invariant rows::kFilesEqual{
    .id = "I13",
    .title = "Files arrive byte by byte",
    .shown =
        "A file of a message that I12 speaks of is on a Case of hers with the same digest, or its name is said there (by our own "
        "bridge: beside the transcript, which names each file), or how many more there are; a file of a rep's reply that I1 speaks of reaches the customer "
        "with the same digest, or is named to her; or something is parked.",
    .source = "the page: attachments go both ways",
    .is_awaited = true,
    .make_judge = [] { return Judge(files_are_equal); }};

}  // namespace casewire::sim
