internal import Foundation

/// How much of a test is run that takes long. The numbers differ, the story does not.
public enum Form: Sendable {
    /// Some seconds, beside all other tests: what must never happen is checked, times are not.
    case short
    /// The load of the test's table row as far as the machine allows, alone on it, with its bars.
    case full

    public static let current: Form =
        ProcessInfo.processInfo.environment["COURSEWORK_FAULTS"] == "full" ? .full : .short

    public func callAsFunction<Value>(short: Value, full: Value) -> Value {
        switch self {
        case .short: short
        case .full: full
        }
    }
}
