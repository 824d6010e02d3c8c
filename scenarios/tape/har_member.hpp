#pragma once
// Members that HAR 1.2 demands of an object, and what is wrong when they are not there.

#include <initializer_list>
#include <string>
#include <vector>

#include "base/text/json.hpp"
#include "base/text/result.hpp"

namespace casewire::scenarios::har {

using Path = std::vector<std::string>;
Path operator+(Path path, std::string part);
/// `/log/entries/0`
std::string shown(const Path& path);
/// "an object", "a string", ...
std::string kind_of(const Json& value);

/// The first mistake ends the reading: the rest of a recording is read only when what came before is sound.
struct Broken {
  Path path;
  std::string problem;
  std::string hint{};
  std::string unknown_host{};  ///< all that is wrong with it
};
template <class T>
using Read = Result<T, Broken>;

/// The member, which lives as long as the object.
Read<const Json*> need_object(const Json& object, const Path& path, const char* name);
Read<const Json*> need_array(const Json& object, const Path& path, const char* name);
Read<const Json*> need_string(const Json& object, const Path& path, const char* name);
Read<const Json*> need_number(const Json& object, const Path& path, const char* name);

/// Several at once; also for members that a reader has no use for, since a file without them is no HAR.
Read<const Json*> need_all(const Json& object, const Path& path, std::initializer_list<const char*> strings,
                           std::initializer_list<const char*> arrays, std::initializer_list<const char*> numbers);

}  // namespace casewire::scenarios::har
