internal import Foundation
internal import TestSupport

/// The built program, and the checkout it was built from.
public enum Product {
    /// `coursework` lies beside the test bundle that runs. `COURSEWORK_PROGRAM` names another build of it, such as a
    /// release build, whose pace is that of production but which lacks no protection.
    public static let command: String = {
        if let named = ProcessInfo.processInfo.environment["COURSEWORK_PROGRAM"] {
            return URL(fileURLWithPath: named).standardized.path
        }
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let command = URL(fileURLWithPath: tests).deletingLastPathComponent().appending(path: "coursework").path
        precondition(
            FileManager.default.isExecutableFile(atPath: command), "\(command) is missing: build it with `swift build`."
        )
        return command
    }()

    /// The root of the checkout.
    public static let root = Checkout.root
}
