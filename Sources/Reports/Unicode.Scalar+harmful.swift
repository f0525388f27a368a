extension Unicode.Scalar {
    /// Whether a terminal takes it for a command, or writes what follows in another direction.
    package var isHarmful: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0: true
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
