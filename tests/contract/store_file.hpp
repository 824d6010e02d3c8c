#pragma once
// A store file in a folder of its own, removed with its siblings.

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>

#include "bridge/store/sqlite_store.hpp"

namespace casewire::bridge {

class StoreFile {
 public:
  StoreFile() {
    std::string name = (std::filesystem::temp_directory_path() / "casewire-store-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make a folder for the test");
    folder_ = name;
  }
  ~StoreFile() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  StoreFile(const StoreFile&) = delete;
  StoreFile& operator=(const StoreFile&) = delete;

  std::filesystem::path folder() const { return folder_; }
  std::string path() const { return (folder_ / "bridge.sqlite").string(); }

 private:
  std::filesystem::path folder_;
};

/// Opens it, or ends the test program's present test with what was wrong.
inline std::unique_ptr<SqliteStore> open_store(const std::string& path) {
  auto store = SqliteStore::open(path);
  if (!store) throw std::runtime_error(render(store.error()));
  return std::move(*store);
}

}  // namespace casewire::bridge
