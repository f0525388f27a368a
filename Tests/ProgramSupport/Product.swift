internal import Foundation

/// The built program, and the checkout it was built from.
public enum Product {
    /// `coursework` lies beside the test bundle that runs.
    public static let command: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let command = URL(fileURLWithPath: tests).deletingLastPathComponent().appending(path: "coursework").path
        precondition(
            FileManager.default.isExecutableFile(atPath: command), "\(command) is missing: build it with `swift build`."
        )
        return command
    }()

    /// The root of the checkout.
    public static let root = URL(fileURLWithPath: #filePath).appending(path: "../../..").standardized.path
}
