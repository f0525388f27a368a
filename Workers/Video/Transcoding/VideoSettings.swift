import Jobs

/// The section `video` of the configuration. Every key may be left out.
package struct VideoSettings: DomainSettings {
    package static let keys = [
        "maxHeight", "maxFrameRate", "preset", "threads", "sandbox", "workFolder", "maxSourceBytes", "maxDuration",
        "chunkDuration", "keepVersions", "follows",
    ]

    /// Of the largest rendition, as people name it, 144 to 2160. Else 1080.
    package var maxHeight: Int?
    /// Frames a second, 24 to 120. Else 60.
    package var maxFrameRate: Int?
    /// Of x264: `ultrafast` to `veryslow`. Else `veryfast`.
    package var preset: String?
    /// Of each encoder, 1 to 64. Else as many as there are cores, 16 at most.
    package var threads: Int?
    /// `bubblewrap`, or `none` for a machine that holds nothing else. Else `bubblewrap`.
    package var sandbox: String?
    /// Where videos lie while they are worked on; relative to the configuration's folder. Else `video` in the data folder.
    package var workFolder: String?
    /// Of an upload. Else 20 GiB.
    package var maxSourceBytes: Int?
    /// Of a video. Else `6h`.
    package var maxDuration: String?
    /// Of the parts of a long video that workers encode side by side; what has less than three of them is encoded in one go. Else
    /// `1m`.
    package var chunkDuration: String?
    /// How long a version is kept once another one is published. Else `1d`.
    package var keepVersions: String?
    /// What the end of a job is followed by, where the job does not say otherwise.
    package var follows: VideoFollowUps?

    package init() {}
}
