namespace {

long half(long n) { return n / 2; }

}  // namespace

long other() { return half(2); }
