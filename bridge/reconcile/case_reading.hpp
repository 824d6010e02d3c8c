#pragma once
// The one call that tells a session's job everything it needs to know of the org.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/cases/adoption.hpp"
#include "bridge/reconcile/context.hpp"

namespace casewire::bridge {

/// A Case is of the session by the mark it bears, or because the store says so; of the contact by the address.
struct CaseQuestion {
  std::string session_id;
  std::vector<std::string> handoffs{};     ///< "<session>#<n>" of creates that were begun for this contact
  std::vector<std::string> case_ids{};     ///< that links and ledger name
  std::string contact_email{};             ///< empty: unknown, or longer than the org's field
  std::optional<WallTime> closed_since{};  ///< Cases of the contact that were closed since then are asked for too
};

/// More Cases of one contact than these are not asked for by id; the newest are.
inline constexpr std::size_t kKnownCasesMax = 50;

struct CaseReading {
  cases::Marked marked;    ///< Cases newest first; without files
  std::string contact_id;  ///< when exactly one Contact has the address (F9)
};

/// Its times are by OpenCX's clock, as those of the messages with which they are compared.
Outcome<CaseReading> read_cases(const Context& context, const CaseQuestion& question, std::string_view trace);

/// The customers' files that the bridge itself copied to these Cases.
Outcome<std::vector<cases::CopiedFile>> read_copied_files(salesforce::Client& client, const std::vector<cases::KnownCase>& on,
                                                          std::string_view trace);
/// ContentVersion.Description of a copied file.
std::string description_of_attachment(std::string_view attachment_id);

}  // namespace casewire::bridge
