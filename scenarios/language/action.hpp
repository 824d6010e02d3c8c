#pragma once
// A sentence of the vocabulary with its values: what a step of a scenario does. It can be played, and it can be said again.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/time.hpp"
#include "scenarios/language/form.hpp"
#include "scenarios/language/sentence.hpp"

namespace casewire::scenarios {

/// An action as an author would write it.
struct Said {
  std::string sentence;
  std::vector<std::string> rows{};  ///< of the table under it, with their bars
  /// The sentence and its rows, a line each.
  std::string text() const;
};

class Action {
 public:
  /// `sentence` and `variant` are the vocabulary's and outlive the action; the values have passed their kinds' reading.
  Action(const Sentence& sentence, const Variant& variant, std::vector<Value> values)
      : sentence_(&sentence), variant_(&variant), values_(std::move(values)) {}

  const Sentence& sentence() const { return *sentence_; }
  const Traits& traits() const { return sentence_->traits; }
  Group group() const { return sentence_->group; }
  const std::vector<Value>& values() const { return values_; }

  /// Whether a bracketed part of the form is there, by its words: "in the same thread".
  bool says(std::string_view option) const;
  bool has(std::string_view slot) const { return find(slot) != nullptr; }
  /// The text of a slot; empty when it was left out.
  const std::string& text(std::string_view slot) const;
  std::optional<std::string> text_if_any(std::string_view slot) const;
  std::vector<std::string> texts(std::string_view slot) const;
  milliseconds duration(std::string_view slot = "duration") const;  ///< 0 when it was left out
  std::uint32_t count(std::string_view slot = "count", std::uint32_t otherwise = 1) const;
  std::uint32_t ordinal(std::string_view slot = "ordinal") const;
  std::size_t size() const;  ///< in bytes
  int code() const;
  /// An operation in the singular, as the vendor's fake names it.
  std::string operation() const;

  Said said() const;

 private:
  const Value* find(std::string_view slot) const;

  const Sentence* sentence_;
  const Variant* variant_;
  std::vector<Value> values_;
};

}  // namespace casewire::scenarios
