#pragma once
// Exchanges in files while they happen: each is on the disk when it begins and when it ends. In memory is what is under way. Files follow each
// other when one is full, and the oldest goes when there are too many.
// A disk that refuses ends the keeping, never what goes by; what was kept until then stays readable.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/recording/keeper.hpp"
#include "base/recording/tape_file.hpp"

namespace casewire::recording {

struct TapeLogOptions {
  std::string folder{};
  /// Without the folder: `tape-1.har`.
  std::function<std::string(std::uint64_t number)> file_name{};
  /// Give or take the exchange that fills it. Bodies beside it count where `files_max` bounds all.
  std::size_t file_bytes_max = 32u << 20;
  std::size_t file_exchanges_max = 20'000;
  std::size_t files_max = 0;  ///< 0: all stay
  bool is_tidied = false;     ///< when it is full and when all is finished: no work for somebody who has other work to do
  TapeTitle title{};
  std::vector<std::string> former{};  ///< files of earlier runs, oldest first, which count too
};

class TapeLog final : public Keeper {
 public:
  /// What may be written of an exchange. Nothing: it would tell what must not be told.
  using Prepare = std::function<std::optional<Exchange>(const Exchange&)>;

  /// `on_end` is told once why nothing more is kept. What `now`, `prepare` and `on_end` need outlives it.
  static Result<std::unique_ptr<TapeLog>> open(TapeLogOptions options, std::function<WallTime()> now, Prepare prepare,
                                               std::function<void(const std::string& why)> on_end);

  struct Books {
    std::size_t kept = 0;
    std::size_t unanswered = 0;  ///< of these: cut, timed out, or still under way
    std::size_t withheld = 0;    ///< by `prepare`
    std::size_t lost = 0;        ///< since the disk refused
    std::vector<std::string> files{};
  };
  Books books() const;
  /// Nothing is kept from now on. False: a file could not be tidied, and is whole as it is.
  bool finish(const TapeFile::LastLook& look = {});

 private:
  struct UnderWay {
    Exchange exchange;
    std::optional<TapeFile::Slot> slot{};  ///< none: it is not in the file
  };

  TapeLog(TapeLogOptions options, std::function<WallTime()> now, Prepare prepare,
          std::function<void(const std::string& why)> on_end);

  std::uint64_t begin(Exchange exchange) override;
  void end(std::uint64_t place, const std::function<void(Exchange&)>& with) override;

  /// Nullopt: it is withheld, or its bodies could not be written.
  std::optional<std::string> text_of(std::uint64_t number, const Exchange& exchange);
  void write_begun(std::uint64_t number, UnderWay& here);
  Result<void> next_file();
  void tidy(TapeFile& file, const TapeFile::LastLook& look);
  void give_up();

  const TapeLogOptions options_;
  const Prepare prepare_;
  const std::function<void(const std::string&)> on_end_;
  mutable std::mutex mutex_;
  std::map<std::uint64_t, UnderWay> under_way_;  ///< by number
  std::uint64_t begun_ = 0, file_number_ = 0;
  std::unique_ptr<TapeFile> file_;
  std::size_t entries_ = 0;  ///< of the file
  bool has_ended_ = false, is_all_tidy_ = true;
  Books books_;
};

}  // namespace casewire::recording
