#include "bridge/store/store.hpp"

namespace casewire::bridge {

std::string session_of(Store& store, std::string_view subject) {
  const auto id = subject.substr(subject.find(':') + 1);
  if (subject.starts_with("session:")) return std::string(id);
  const auto links = store.links_of_case(id);
  return links.empty() ? std::string{} : links.back().session_id;
}

}  // namespace casewire::bridge
