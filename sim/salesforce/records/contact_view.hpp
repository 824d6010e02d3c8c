#pragma once
// The fields by which a Case shows its Contact. Read-only on the Case (v38.0 and later).

#include <array>
#include <string_view>

namespace casewire::sim::salesforce {

struct ContactView {
  std::string_view of_case, of_contact;
};
inline constexpr std::array<ContactView, 4> kContactViews{{
    {"ContactEmail", "Email"},
    {"ContactPhone", "Phone"},
    {"ContactMobile", "MobilePhone"},
    {"ContactFax", "Fax"},
}};

}  // namespace casewire::sim::salesforce
