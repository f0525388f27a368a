/// There is no handle to be had.
package struct CurlUnavailable: Error, CustomStringConvertible {
    package var description: String { "libcurl could not be started; is there memory left?" }
}
