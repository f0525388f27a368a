extension Int {
    /// The largest whole number that divides both, by Euclid's algorithm.
    package func greatestCommonDivisor(with other: Int) -> Int {
        var (a, b) = (self, other)
        while b != 0 { (a, b) = (b, a % b) }
        return a
    }
}
