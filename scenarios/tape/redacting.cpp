#include "scenarios/tape/redacting.hpp"

#include <memory>

#include "scenarios/tape/masking.hpp"
#include "scenarios/tape/tape_writer.hpp"

namespace casewire::scenarios {

Result<Redacting> redact_tape(const TapeReader& tape, const RedactionTerms& terms, const std::string& out) {
  recording::Pseudonyms pseudonyms;
  const auto each = [&](const std::function<void(Exchange)>& what) {
    return tape.for_each([&](std::size_t, Exchange exchange) { what(std::move(exchange)); });
  };
  if (auto read = learn_all(pseudonyms, each); !read) return fail(read.error());

  Redactor redactor(terms.key, terms.policy);
  const auto redacted = [&](Exchange exchange) {
    exchange = pseudonyms.masked(std::move(exchange));
    redactor.redact_request(exchange);
    redactor.redact_answer(exchange);
    return exchange;
  };
  // The first time for what is to be taken out of it all.
  if (auto read = tape.for_each([&](std::size_t, Exchange exchange) { (void)redacted(std::move(exchange)); }); !read)
    return fail(read.error());

  TapeHead head = tape.head();
  head.is_redacted = true;
  head.comment.clear();  // somebody's own words
  Redacting result;
  auto writer = TapeWriter::begin(out, log_json(head, tape.fates(), 0));
  const auto read = tape.for_each([&](std::size_t number, Exchange exchange) {
    const Exchange told = redacted(std::move(exchange));
    for (const std::string& place : redactor.left_in(told)) {
      if (result.left.size() < Redacting::kPlacesMax) result.left.push_back("entry " + std::to_string(number) + ", " + place);
    }
    if (!result.left.empty() || (writer && !writer->add(told))) writer.reset();
    ++result.exchanges;
  });
  if (!read) return fail(read.error());
  result.is_written = writer && writer->finish();
  return result;
}

}  // namespace casewire::scenarios
