"""Does the window ever keep its user waiting? A process of its own that says where.

``test_responsiveness`` runs ``python -m tests.gui.responsiveness`` and expects no finding. It is a
child process because audit hooks stay for the rest of a process, and because the application has
to be of a class of its own.

What "the GUI thread never blocks" means here, and how it can be told on a loaded machine:

* **Time.** Each delivery of an event on the GUI thread (``QApplication.notify``, the outermost
  one, with everything it sets off) may *work* for 50 ms. It is the thread's CPU time that counts:
  other programs, a busy indexer and a slow CI machine make a delivery last longer, not work more.
* **Waiting.** CPU time does not see a thread that sleeps: in a lock, on a disk, for another
  process. What a delivery lasted, less what it worked and less what it stood in the scheduler's
  queue (Linux counts that, in ``schedstat``), is what it waited. That includes waiting for
  Python's own lock while another thread computes, which the user feels just as much.
* **Calls.** A blocking call that happens to be quick here (a file that lies in the cache, an idle
  database) is none of these. So the calls themselves are found out: audit hooks and wrappers
  report files opened, folders listed, databases connected to, processes waited for, and pictures
  decoded inside a delivery, by the line of ours that asked for it. ``calls.ALLOWED`` has the few
  that are justified.

A time that was found once may still be the machine's hiccup, so the test asks a second process
and believes what both say. A thread beside looks at the stack of a delivery that lasts, so that a
finding names the line.
"""
