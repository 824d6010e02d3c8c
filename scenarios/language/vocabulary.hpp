#pragma once
// The closed list of sentences that a reader is given. The language knows none by itself.

#include <map>
#include <string>
#include <vector>

#include "scenarios/language/form.hpp"
#include "scenarios/language/sentence.hpp"

namespace casewire::scenarios {

class Vocabulary {
 public:
  /// A variant of a row.
  struct Known {
    const Sentence* sentence;
    Variant variant;
  };
  /// What faults may strike: by the system's name, in the words of its fake.
  using Operations = std::map<std::string, std::vector<std::string>, std::less<>>;

  /// `refusals`: the codes that the fake Salesforce has words for.
  Vocabulary(std::vector<Family> families, Operations operations, std::vector<std::string> refusals);
  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;

  const std::vector<Family>& families() const { return families_; }
  /// In the order of the families; no sentence fits two of them.
  const std::vector<Known>& variants() const { return variants_; }
  const Operations& operations() const { return operations_; }
  const std::vector<std::string>& refusals() const { return refusals_; }
  /// The variant that fits, or null.
  const Known* variant_for(const std::vector<Token>& tokens) const;

 private:
  std::vector<Family> families_;
  std::vector<Known> variants_;
  Operations operations_;
  std::vector<std::string> refusals_;
};

}  // namespace casewire::scenarios
