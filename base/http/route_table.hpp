#pragma once
// Which request means what, as a table of method, path pattern and operation. A path is understood here and nowhere else: who
// answers a request and who only names it (for faults, reports) ask the same table.
//
// A pattern is literal segments, `{name}` for any one segment, and at its end `{name...}` for all that follow, none included:
// "/services/data/{version}/sobjects/{object}/{id}". Slashes are collapsed and a trailing one is ignored. Literal segments are
// compared exactly; captures are percent-decoded, where `+` stays a plus.

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace casewire::http {

using PathParameters = std::map<std::string, std::string, std::less<>>;

class RouteTable {
 public:
  struct Match {
    std::optional<std::size_t> route{};   ///< what add() returned
    bool malformed = false;               ///< a route, but a capture of its path is no percent-encoding
    std::vector<std::string> segments{};  ///< of the path; captures decoded, the others as sent
    std::vector<std::string> allowed{};   ///< no route for lack of the method: those that there are, sorted
  };

  /// `method`: "*" stands for every one. `operation`: what the route does, in the words of scripts; captures may stand in it
  /// ("{object} create"). Returns the route's number: 0, 1, 2...
  std::size_t add(std::string method, std::string_view pattern, std::string operation);
  /// Of the routes that match path and method, the one wins whose first differing segment is literal; a capture of one segment
  /// wins over a capture of all.
  Match find(std::string_view method, std::string_view path) const;
  /// The captures of a match by name; of `{name...}` the segments joined by slashes.
  PathParameters parameters(const Match& match) const;
  /// The operation with the captures' values in it; empty when the match has no route.
  std::string operation(const Match& match) const;
  std::string operation(const Match& match, const PathParameters& values) const;
  /// Every operation once, sorted; captures as they stand in the table.
  std::vector<std::string> operations() const;
  std::string_view operation_at(std::size_t route) const { return entries_[route].operation; }
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::string method;
    std::vector<std::string> segments;
    std::string operation;
  };
  /// What the patterns say of one segment, behind those that begin alike.
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals{};
    std::unique_ptr<Node> capture{};
    std::vector<std::size_t> here{};  ///< the routes whose pattern ends before this segment
    std::vector<std::size_t> rest{};  ///< those that take this one and all that follow
  };
  /// Where a path leads, method by method.
  struct Search {
    const RouteTable& table;
    std::string_view method;
    const std::vector<std::string_view>& path;
    std::vector<std::string>& allowed;  ///< the methods of routes that it has passed by

    /// The route of these with the method.
    std::optional<std::size_t> among(const std::vector<std::size_t>& routes) const;
    /// No deeper than the longest pattern.
    std::optional<std::size_t> from(const Node& node, std::size_t segment) const;
  };

  std::vector<Entry> entries_;
  Node root_;
};

}  // namespace casewire::http
