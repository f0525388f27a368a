package import Platform

/// A program in a sandbox that did not end well.
package struct SandboxFailure: Error, Sendable, CustomStringConvertible {
    package enum Reason: Sendable, Equatable {
        /// There is nothing to isolate it with.
        case notIsolated(String)
        case notStarted(SystemError)
        /// It ended by itself, and not with 0.
        case ended(ChildProcess.Exit)
        case tookTooLong(Duration)
        case usedProcessor(Duration)
        /// For so long it came no further.
        case stalled(Duration)
        /// It wrote more than so many bytes.
        case wroteTooMuch(Int)
    }

    /// Of what it said, as much as a person reads of a dead letter.
    private static let toldCharacters = 1000

    package let program: String
    package let reason: Reason
    /// The end of its standard error, without control characters.
    package let errors: String

    /// Whether it might go better another time, or elsewhere: not what the program itself found wrong.
    package var isTransient: Bool {
        switch reason {
        case .notIsolated, .notStarted, .tookTooLong, .stalled: true
        case .ended(.signal(let signal)): signal == 9
        case .ended: errors.contains("No space left on device")
        case .usedProcessor, .wroteTooMuch: false
        }
    }

    /// Whether it came to no end in its time: what it read may be made so that none does.
    package var isExhaustion: Bool {
        switch reason {
        case .tookTooLong, .stalled: true
        default: false
        }
    }

    /// Whether it was not started at all, since it would not have been isolated.
    package var isRefusal: Bool { if case .notIsolated = reason { true } else { false } }

    /// Whether there is no such program: what shells, env(1) and nice(1) say then.
    package var isMissing: Bool { reason == .ended(.code(127)) }

    package var description: String {
        let sentence = "\(program) \(what)."
        return errors.isEmpty ? sentence : "\(sentence) It said: \(errors.suffix(Self.toldCharacters))"
    }

    private var what: String {
        switch reason {
        case .notIsolated(let remedy): "was not started, since there is no sandbox: \(remedy)"
        case .notStarted(let error): "could not be started: \(error)"
        case .ended(let exit): "ended with \(exit)"
        case .tookTooLong(let limit): "was ended after \(limit)"
        case .usedProcessor(let limit): "was ended after \(limit) of processor time"
        case .stalled(let limit): "was ended, since it came no further for \(limit)"
        case .wroteTooMuch(let limit): "was ended, since it wrote more than \(limit) bytes"
        }
    }
}
