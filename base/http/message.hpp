#pragma once
// HTTP messages as plain values. Header order and repetitions are kept; names compare without case.

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casewire::http {

struct Header {
  std::string name;
  std::string value;
  friend bool operator==(const Header&, const Header&) = default;
};

class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<Header> headers) : headers_(headers) {}
  /// The first value of that name; nullopt when there is none.
  std::optional<std::string_view> find(std::string_view name) const;
  void add(std::string name, std::string value) {
    if (headers_.empty()) headers_.reserve(kUsual);
    headers_.push_back({std::move(name), std::move(value)});
  }
  /// Replaces every header of that name by one.
  void set(std::string_view name, std::string value);
  void remove(std::string_view name);
  auto begin() const { return headers_.begin(); }
  auto end() const { return headers_.end(); }
  std::size_t size() const { return headers_.size(); }
  friend bool operator==(const Headers&, const Headers&) = default;

 private:
  static constexpr std::size_t kUsual = 8;  ///< how many most messages have
  std::vector<Header> headers_;
};

struct Request {
  std::string method = "GET";  ///< upper case
  /// For a client: the absolute URL. For a handler: path and query as they came ("/services/data?x=1").
  std::string target{};
  Headers headers{};
  std::string body{};  ///< decoded: neither chunked nor compressed

  /// The target without scheme, authority and query; not percent-decoded.
  std::string_view path() const;
  /// What stands behind the first `?`; empty when there is none.
  std::string_view query() const;
  /// "http://host:port" of an absolute target; empty otherwise.
  std::string_view origin() const;
};

struct Response {
  int status = 200;
  Headers headers{};
  std::string body{};
};

/// The standard reason phrase, "Unknown" for a status that has none.
std::string_view reason_phrase(int status);

}  // namespace casewire::http
