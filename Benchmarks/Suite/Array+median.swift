extension [Double] {
    /// The upper one of an even number; there must be one.
    var median: Double { sorted()[count / 2] }
}
