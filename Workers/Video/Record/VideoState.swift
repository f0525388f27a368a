/// What became of the newest job of a destination.
package enum VideoState: String, Sendable, CaseIterable {
    /// Its job waits or runs.
    case processing
    case ready
    /// What was published before is there still.
    case failed
    case cancelled
    case erased
}
