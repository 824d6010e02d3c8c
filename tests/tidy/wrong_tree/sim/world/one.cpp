namespace {

constexpr int kHalf = 2, kWhole = 1;

int half(int n) { return n / kHalf; }

}  // namespace

int one() { return half(2); }
