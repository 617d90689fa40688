// Package ocr reads the words on an image with tesseract, in a child process that has little memory
// and time. What it reads is a hint for people and never decides anything.
package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// ErrMissing says that tesseract, or its Indonesian, is not on this machine: then there are no hints.
var ErrMissing = errors.New("ocr: tesseract is not installed")

const (
	memory = 512 << 20
	// longest is how much text of a page is looked at.
	longest = 64 << 10
)

// Reader starts children. Command is a program that calls Main, with its arguments.
type Reader struct {
	Command []string
	Timeout time.Duration
}

// Read gives the words on an image. ErrMissing says that nothing on this machine can read.
func (r Reader) Read(ctx context.Context, image []byte) (string, error) {
	if _, err := exec.LookPath("tesseract"); err != nil {
		return "", ErrMissing
	}
	ctx, cancel := context.WithTimeout(ctx, r.Timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, r.Command[0], r.Command[1:]...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	cmd.Stdin = bytes.NewReader(image)
	text, said := &head{}, &head{}
	cmd.Stdout, cmd.Stderr = text, said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return "", fmt.Errorf("ocr: %w", ctx.Err())
		}
		return "", fmt.Errorf("ocr: %w: %s", err, bytes.TrimSpace(said.text))
	}
	return string(text.text), nil
}

// head keeps the beginning of what is written and lets the rest go.
type head struct{ text []byte }

// Write never fails, so that a talkative child is not held up.
func (h *head) Write(p []byte) (int, error) {
	h.text = append(h.text, p[:min(len(p), longest-len(h.text))]...)
	return len(p), nil
}

// Main is the child: it gives up what it does not need and becomes tesseract. It returns only when
// that fails.
func Main() int {
	program, err := exec.LookPath("tesseract")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	for resource, limit := range map[int]uint64{syscall.RLIMIT_DATA: memory, syscall.RLIMIT_CPU: 30, syscall.RLIMIT_CORE: 0} {
		if err := syscall.Setrlimit(resource, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	const niceness = 15
	if err := syscall.Setpriority(syscall.PRIO_PGRP, 0, niceness); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	// One thread: the others of this machine have people waiting.
	err = syscall.Exec(program, []string{"tesseract", "stdin", "stdout", "-l", "ind"}, []string{"OMP_THREAD_LIMIT=1"})
	fmt.Fprintln(os.Stderr, err)
	return 1
}
