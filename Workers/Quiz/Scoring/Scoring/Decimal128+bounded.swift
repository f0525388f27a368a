import Decimals

extension Decimal128 {
    /// Not below the one and not above the other, where they are.
    func bounded(_ lowest: Decimal128?, _ highest: Decimal128?) -> Decimal128 {
        var value = self
        if let lowest, value < lowest { value = lowest }
        if let highest, value > highest { value = highest }
        return value
    }
}
