namespace {

constexpr long kQuarter = 4, kWhole = 1;

long half(long n) { return n / 2; }

}  // namespace

long other() { return half(2); }
