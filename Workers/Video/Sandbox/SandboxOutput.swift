/// What a program said that ended well.
package struct SandboxOutput: Sendable {
    package let standardOutput: [UInt8]
    /// The end of standard error.
    package let errors: String
}
