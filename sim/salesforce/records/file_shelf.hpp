#pragma once
// The bytes of an org's files, by the id of their row. Those that are too many to be kept stand in a file without a name, so that an org to
// which files are sent for weeks, or as many as a long recording has, needs no more memory for them. A disk that refuses leaves them in memory.
// Not thread-safe: the org's lock guards it.

#include <cstddef>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace casewire::sim::salesforce {

class FileShelf {
 public:
  static constexpr std::size_t kInMemoryMax = 16u << 20;  ///< bytes of all

  void put(const std::string& id, std::string bytes);
  /// Nullopt: there are none, or the disk lost them.
  std::optional<std::string> find(const std::string& id) const;
  void erase(const std::string& id);

  std::size_t in_memory() const { return in_memory_; }

 private:
  struct Place {
    std::string bytes{};        ///< in memory,
    std::size_t at = 0;         ///< or there in the file,
    std::size_t put_aside = 0;  ///< so many
  };
  /// False: the disk refuses.
  bool put_aside(std::string_view bytes);

  struct Closing {
    void operator()(std::FILE* file) const { (void)std::fclose(file); }
  };
  std::unordered_map<std::string, Place> places_;
  std::size_t in_memory_ = 0;
  std::unique_ptr<std::FILE, Closing> file_{};
  std::size_t end_ = 0;
};

}  // namespace casewire::sim::salesforce
