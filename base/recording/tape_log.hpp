#pragma once
// Exchanges in files while they happen: each is on the disk when it begins and when it ends. In memory is what is under way. Files follow each
// other when one is full, and the oldest goes when there are too many.
// A disk that refuses ends the keeping, never what goes by; what was kept until then stays readable.

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/recording/keeper.hpp"
#include "base/recording/pseudonyms.hpp"
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
  bool is_tidied = false;     ///< all, when all is finished: no work for somebody who has other work to do
  /// So many exchanges may have ended that are not written yet: a thread of the log's own does that. A call that finds as many
  /// waiting, or kWaitingBytesMax of bodies, writes its own. 0: each does.
  std::size_t ends_waiting_max = 0;
  TapeTitle title{};
  std::vector<std::string> former{};  ///< files of earlier runs, oldest first, which count too
};

class TapeLog final : public Keeper {
 public:
  /// What may be written of an exchange. Nothing: it would tell what must not be told. `begun` is what was given for the same exchange
  /// when it began; null: it begins, or nothing was. On the threads of the calls, and the log's own, at the same time.
  using Prepare = std::function<std::optional<Masked>(const Exchange&, const Masked* begun)>;

  /// `on_end` is told once why nothing more is kept. What `now`, `prepare` and `on_end` need outlives it.
  ~TapeLog() override;
  static Result<std::unique_ptr<TapeLog>> open(TapeLogOptions options, std::function<WallTime()> now, Prepare prepare,
                                               std::function<void(const std::string& why)> on_end);

  struct Books {
    std::size_t kept = 0;
    std::size_t unanswered = 0;  ///< of these: cut, timed out, or still under way
    std::size_t withheld = 0;    ///< by `prepare`
    std::size_t lost = 0;        ///< since the disk refused
    std::vector<std::string> files{};
  };
  /// With all that has ended until now.
  Books books() const;
  /// Once: nothing is kept from now on, and with what is known now each file is tidied. False: one could not be, and is whole as it is.
  bool finish(const TapeFile::LastLook& look = {});

 private:
  /// An exchange as a file is to hold it.
  struct Text {
    std::uint64_t file = 0;  ///< the number of the file beside which its bodies are to stand
    std::string entry{};
    SideBodies beside{};
  };
  struct UnderWay {
    Exchange exchange;                     ///< its call's until it has ended, then of whoever writes it
    std::optional<Masked> begun{};         ///< none: it is withheld
    std::string request{};                 ///< of an entry, as it is told since it began,
    std::uint64_t request_file = 0;        ///< in the file of that number
    std::optional<TapeFile::Slot> slot{};  ///< none: it is not in the file
  };

  TapeLog(TapeLogOptions options, std::function<WallTime()> now, Prepare prepare,
          std::function<void(const std::string& why)> on_end);

  std::uint64_t begin(Exchange exchange) override;
  void end(std::uint64_t place, const std::function<void(Exchange&)>& with) override;

  void write_end(std::uint64_t place);
  void write_ends();
  void settle() const;
  /// For the file that is written now.
  Text empty_text() const;
  // The rest with the lock held.
  /// With the bodies that stand beside it. False: the disk refuses.
  bool write(Text text, std::uint64_t number, const Masked& masked, std::optional<TapeFile::Slot>& slot);
  void move_under_way(TapeFile& former);
  Result<void> next_file();
  bool tidy(TapeFile& file, const TapeFile::LastLook& look) const;
  void give_up();

  const TapeLogOptions options_;
  const Prepare prepare_;
  const std::function<void(const std::string&)> on_end_;
  mutable std::mutex mutex_;                     ///< held while something is written, not while it is made
  std::map<std::uint64_t, UnderWay> under_way_;  ///< by number
  std::uint64_t begun_ = 0, file_number_ = 0;
  std::unique_ptr<TapeFile> file_;
  std::size_t entries_ = 0;                      ///< of the file
  std::vector<std::unique_ptr<TapeFile>> full_;  ///< to be tidied
  bool has_ended_ = false;
  Books books_;
  mutable std::mutex waiting_mutex_;  ///< never taken with the other one held
  mutable std::condition_variable has_waiting_, is_settled_;
  struct Waiting {
    std::uint64_t place = 0;
    std::size_t bytes = 0;  ///< of its bodies
  };
  static constexpr std::size_t kWaitingBytesMax = 4u << 20;
  std::deque<Waiting> waiting_{};  ///< what has ended and is not written
  std::size_t waiting_bytes_ = 0;
  bool is_writing_ = false, is_closing_ = false;
  std::thread writer_{};
};

}  // namespace casewire::recording
