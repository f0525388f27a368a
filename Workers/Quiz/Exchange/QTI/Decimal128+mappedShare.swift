import Decimals

extension Decimal128 {
    /// This part of the points as a mapping writes it: with 12 places, rounded up, so that all parts together never miss
    /// the whole, above which nothing counts. `nil` for a part of nothing.
    func mappedShare(of points: Decimal128, in whole: Decimal128) -> Decimal128? {
        guard let share = (self * points).divided(by: whole, places: 12, .halfUp) else { return nil }
        let isLess = share * whole < self * points
        return isLess ? share + Decimal128(1, exponent: -12) : share
    }
}
