/// A program that is not trusted with anything, since what it reads comes from strangers.
package struct SandboxedProgram: Sendable {
    /// A time zone without a file of the machine, too.
    static let environment = [
        "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/", "TZ": "UTC0", "MALLOC_ARENA_MAX": "2",
    ]
    /// Where it says how far it is, `key=value` a line: `-progress pipe:3`.
    package static let progressDescriptor: Int32 = 3

    /// A name below /usr/bin.
    package var executable: String
    /// Each as it is: no shell sees them. Files are named `../in/NAME`, and `NAME` in the folder to write into.
    package var arguments: [String]
    package var limits: SandboxLimits

    package init(_ executable: String, _ arguments: [String], limits: SandboxLimits) {
        (self.executable, self.arguments, self.limits) = (executable, arguments, limits)
    }
}
