import Foundation

/// How much of a fault test is run. The numbers differ, the story does not.
enum Form: Sendable {
    /// Some seconds, beside all other tests: what must never happen is checked, times are not.
    case short
    /// The load of the test's table row as far as the machine allows, alone on it, with its bars.
    case full

    static let current: Form = ProcessInfo.processInfo.environment["COURSEWORK_FAULTS"] == "full" ? .full : .short

    func callAsFunction<Value>(short: Value, full: Value) -> Value {
        switch self {
        case .short: short
        case .full: full
        }
    }
}
