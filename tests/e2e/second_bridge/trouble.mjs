// How work can fail.

/// Again later. `maybeDone`: the call may have been carried out all the same. `notBefore`: the vendor's own word.
export class Later extends Error {
  constructor(why, { maybeDone = false, notBefore = 0 } = {}) {
    super(why);
    this.maybeDone = maybeDone;
    this.notBefore = notBefore;
  }
}

/// The vendor has understood and does not want it; asking again changes nothing.
export class Refused extends Error {
  constructor(why, { code = '', fields = [], status = 0 } = {}) {
    super(why);
    this.code = code;
    this.fields = fields;
    this.status = status;
  }
}
