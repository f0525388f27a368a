extension PayloadSchema {
    /// What is wrong with a payload: nothing where the list is empty.
    ///
    /// One pass over the bytes, which may be anything: what is no JSON (RFC 8259) in UTF-8 is wrong, as are two equal keys
    /// of one object, half of a surrogate pair, and a number that no `Double` holds.
    public func violations(in payload: [UInt8], limits: PayloadLimits = PayloadLimits()) -> [PayloadViolation] {
        var check = PayloadCheck(payload, limits)
        return check.run(self)
    }
}
