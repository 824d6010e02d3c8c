#pragma once
// What the checks of a preflight found, one row each, in the order in which they were made.

#include <string>
#include <utility>

#include "base/text/json.hpp"

namespace casewire::bridge {

class Checklist {
 public:
  void ok(std::string what, std::string found) { add(std::move(what), "ok", std::move(found), {}); }
  void wrong(std::string what, std::string found, std::string to_do) {
    add(std::move(what), "wrong", std::move(found), std::move(to_do));
  }
  /// Nothing has told yet, or whoever could tell does not.
  void unknown(std::string what, std::string found, std::string to_do = {}) {
    add(std::move(what), "unknown", std::move(found), std::move(to_do));
  }
  /// No API tells: a person looks there.
  void look(std::string what, std::string where) { add(std::move(what), "look", "no API tells", std::move(where)); }

  /// `[{"check", "verdict", "found", "do"}]`
  Json take() { return std::move(list_); }

 private:
  void add(std::string what, std::string_view verdict, std::string found, std::string to_do) {
    list_.push_back({{"check", std::move(what)}, {"verdict", verdict}, {"found", std::move(found)}, {"do", std::move(to_do)}});
  }
  Json list_ = Json::array();
};

}  // namespace casewire::bridge
