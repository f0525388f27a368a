/// What is done to sound before it is measured, and before it is encoded: the same, or the measure would be of another.
enum AudioFilters {
    /// Whatever it was, two channels from the video's first moment on, without gaps.
    static let stereo =
        "aresample=48000:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo"
}
