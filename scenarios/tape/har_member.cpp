#include "scenarios/tape/har_member.hpp"

namespace casewire::scenarios::har {

namespace {

Read<const Json*> need(const Json& object, const Path& path, const char* name, bool (Json::*is)() const noexcept,
                       const char* kind) {
  const auto found = object.find(name);
  if (found == object.end()) {
    return fail(
        Broken{path, "HAR 1.2 wants " + std::string(kind) + " \"" + name + "\" in " + (path.empty() ? "the file" : shown(path))});
  }
  if (!((*found).*is)()) {
    return fail(
        Broken{path + name, "expected " + std::string(kind) + " at " + shown(path + name) + ", found " + kind_of(*found)});
  }
  return &*found;
}

}  // namespace

Path operator+(Path path, std::string part) {
  path.push_back(std::move(part));
  return path;
}

std::string shown(const Path& path) {
  std::string text;
  for (const std::string& part : path) {
    text += "/" + part;
  }
  return text;
}

std::string kind_of(const Json& value) {
  if (value.is_null()) {
    return "null";
  }
  return value.is_object()    ? "an object"
         : value.is_array()   ? "an array"
         : value.is_string()  ? "a string"
         : value.is_boolean() ? "a boolean"
                              : "a number";
}

Read<const Json*> need_object(const Json& object, const Path& path, const char* name) {
  return need(object, path, name, &Json::is_object, "an object");
}
Read<const Json*> need_array(const Json& object, const Path& path, const char* name) {
  return need(object, path, name, &Json::is_array, "an array");
}
Read<const Json*> need_string(const Json& object, const Path& path, const char* name) {
  return need(object, path, name, &Json::is_string, "a string");
}
Read<const Json*> need_number(const Json& object, const Path& path, const char* name) {
  return need(object, path, name, &Json::is_number, "a number");
}

Read<const Json*> need_all(const Json& object, const Path& path, std::initializer_list<const char*> strings,
                           std::initializer_list<const char*> arrays, std::initializer_list<const char*> numbers) {
  for (const char* name : strings) {
    if (auto found = need_string(object, path, name); !found) {
      return found;
    }
  }
  for (const char* name : arrays) {
    if (auto found = need_array(object, path, name); !found) {
      return found;
    }
  }
  for (const char* name : numbers) {
    if (auto found = need_number(object, path, name); !found) {
      return found;
    }
  }
  return &object;
}

}  // namespace casewire::scenarios::har
