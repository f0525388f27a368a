/// A benchmark that could not be run, and why.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String
}
