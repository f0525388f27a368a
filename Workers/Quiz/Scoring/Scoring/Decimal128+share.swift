import Decimals

extension Decimal128 {
    /// So many of so many, to 34 digits; 0 of none.
    static func share(_ count: Int, of total: Int) -> Decimal128 {
        if count == 0 || total == 0 { return 0 }
        if count == total { return 1 }
        return Decimal128(count).divided(by: Decimal128(total)) ?? 0
    }
}
